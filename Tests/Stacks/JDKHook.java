import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;

public final class JDKHook {
    public static void main(String[] arguments) throws Exception {
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/webhook", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int status = 200;
            if (!exchange.getRequestMethod().equals("POST")) {
                status = 405;
            } else if (!GitHub.verify(body, exchange.getRequestHeaders().getOrDefault("X-Hub-Signature-256", List.of()))) {
                status = 401;
            }
            byte[] text = (status == 200 ? "ok" : "refused").getBytes();
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : text.length);
            if (!head) exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
    }
}
