import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;

public final class TomcatHook extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        boolean sound = GitHub.verify(body, Collections.list(request.getHeaders("X-Hub-Signature-256")));
        response.setStatus(sound ? 200 : 401);
        response.getWriter().print(sound ? "ok" : "refused");
    }

    public static void main(String[] arguments) throws Exception {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(arguments[1]);
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(Integer.parseInt(arguments[0]));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var context = tomcat.addContext("", arguments[1]);
        Tomcat.addServlet(context, "webhook", new TomcatHook());
        context.addServletMappingDecoded("/webhook", "webhook");
        tomcat.start();
        if (tomcat.getConnector().getState() != LifecycleState.STARTED) System.exit(1);
        tomcat.getServer().await();
    }
}
