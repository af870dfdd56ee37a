import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collections;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.AbstractHandler;

public final class JettyHook extends AbstractHandler {
    @Override
    public void handle(String path, Request base, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        base.setHandled(true);
        byte[] body = request.getInputStream().readAllBytes();
        int status = 200;
        if (!path.equals("/webhook")) {
            status = 404;
        } else if (!request.getMethod().equals("POST")) {
            status = 405;
        } else if (!GitHub.verify(body, Collections.list(request.getHeaders("X-Hub-Signature-256")))) {
            status = 401;
        }
        response.setStatus(status);
        response.getWriter().print(status == 200 ? "ok" : "refused");
    }

    public static void main(String[] arguments) throws Exception {
        var server = new Server(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])));
        server.setHandler(new JettyHook());
        server.start();
        server.join();
    }
}
