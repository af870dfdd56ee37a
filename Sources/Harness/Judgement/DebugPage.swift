internal import Bytes

/// A page for developers that a framework shows on an error, known by texts that are on it together.
struct DebugPage: Sendable {
    /// What shows it, in the words of a report.
    let name: String
    private let marks: [[UInt8]]

    private init(_ name: String, _ marks: String...) {
        self.name = name
        self.marks = marks.map { Array($0.utf8) }
    }

    /// Returns the first page that one of some texts is, or is part of.
    static func shown(in texts: [[UInt8]]) -> DebugPage? { all.first { page in texts.contains(where: page.isShown) } }

    private func isShown(in text: [UInt8]) -> Bool {
        marks.allSatisfy { ASCII.firstRange(of: $0, in: text) != nil }
    }

    /// Those that name their framework come first; what several languages print comes last (J02, J11).
    private static let all = pages + traces

    private static let pages = [
        DebugPage("Django's debug page", "You're seeing this error because you have", "DEBUG = True"),
        DebugPage("Django's debug page", "Django Version:", "Exception Value:"),
        DebugPage("Werkzeug's debugger", "Werkzeug", "EVALEX"),
        DebugPage("Werkzeug's debugger", "Werkzeug Debugger"),
        DebugPage("Starlette's debug page", "Traceback", "traceback-container"),
        DebugPage("Rails' debug page", "Rails.root:"),
        DebugPage("Rails' debug page", "Application Trace", "Framework Trace"),
        DebugPage("Rails' debug page", "\"traces\":", "Framework Trace"),
        DebugPage("Rack's or Sinatra's error page", "BACKTRACE", "Rack ENV"),
        DebugPage("Rack's or Sinatra's error page", "BACKTRACE", "(expand)"),
        DebugPage("Laravel's error page", "laravel_version"),
        DebugPage("Laravel's error page", "vendor/laravel/framework"),
        DebugPage("Laravel's error page", "Illuminate\\", "\"trace\":"),
        DebugPage("Whoops' error page", "Whoops! There was an error"),
        DebugPage("Symfony's error page", "Symfony Exception"),
        DebugPage("Symfony's error page", "vendor/symfony/"),
        DebugPage("Spring's error page", "Whitelabel Error Page"),
        DebugPage("Spring's error page", "\"trace\":", "org.springframework"),
        DebugPage("Tomcat's error page", "Apache Tomcat", "Exception Report"),
        DebugPage("Jetty's error page", "Powered by Jetty", "CAUSED BY"),
        DebugPage("ASP.NET's error page", "Server Error in '"),
        DebugPage("ASP.NET's developer page", "An unhandled exception occurred while processing the request"),
        DebugPage("ASP.NET's developer page", "Microsoft.AspNetCore.", "   at "),
        DebugPage("Phoenix's debug page", "Phoenix", "(plug "),
        DebugPage("a stack trace of Express", "node_modules/express/"),
    ]

    private static let traces = [
        DebugPage("a traceback of Python", "Traceback (most recent call last)"),
        DebugPage("a traceback of Python", "File \"/", ", line "),
        DebugPage("a traceback of Python", "site-packages/"),
        DebugPage("a stack trace of Node", "    at ", "node:internal"),
        DebugPage("a stack trace of Node", "node_modules/"),
        DebugPage("a stack trace of JavaScript", "    at ", ".js:"),
        DebugPage("a stack trace of JavaScript", "    at ", ".ts:"),
        DebugPage("a panic of Go", "goroutine ", "[running]"),
        DebugPage("a panic of Go", "panic: "),
        DebugPage("a panic of Go", "runtime error: "),
        DebugPage("a stack trace of Java", "\tat ", ".java:"),
        DebugPage("a stack trace of Java", "Exception in thread"),
        DebugPage("a stack trace of Java", "java.lang."),
        DebugPage("a stack trace of .NET", "   at System."),
        DebugPage("a stack trace of .NET", "   at ", ".cs:line "),
        DebugPage("an error of PHP", "Stack trace:", "#0 "),
        DebugPage("an error of PHP", "Fatal error:"),
        DebugPage("an error of PHP", ".php on line"),
        DebugPage("an error of PHP", ".php</b> on line"),
        DebugPage("a backtrace of Ruby", ".rb:", ":in "),
        DebugPage("a backtrace of Rust", "panicked at"),
        DebugPage("a stack trace", "Stack trace:"),
        DebugPage("a stack trace", "    at "),
        DebugPage("a stack trace", "\tat "),
        DebugPage("a file of Ruby code", ".rb:"),
        DebugPage("the text of an exception", "RangeError"),
        DebugPage("the text of an exception", "TypeError"),
        DebugPage("the text of an exception", "ValueError"),
        DebugPage("the text of an exception", "NoMethodError"),
        DebugPage("the text of an exception", "NullPointerException"),
        DebugPage("the text of an exception", "timingSafeEqual"),
    ]
}
