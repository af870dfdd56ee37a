import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** GitHub's signature, verified over the raw body; shared by the endpoints in Java. */
final class GitHub {
    static boolean verify(byte[] body, List<String> signatures) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(System.getenv("STACK_SECRET").getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String right = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
            byte[] given = String.join(",", signatures).getBytes(StandardCharsets.UTF_8);
            return MessageDigest.isEqual(right.getBytes(StandardCharsets.UTF_8), given);
        } catch (java.security.GeneralSecurityException error) {
            throw new IllegalStateException(error);
        }
    }
}
