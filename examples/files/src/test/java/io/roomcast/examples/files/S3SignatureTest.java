package io.roomcast.examples.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3SignatureTest {
    /** The example of the documentation of Amazon S3, "Authenticating Requests: Using Query Parameters". */
    @Test
    void documented_request_has_the_documented_signature() {
        S3Signature signature = new S3Signature(
                new S3Credentials("us-east-1", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
        String url = signature.presign(
                new S3Signature.Request(
                        "GET", URI.create("https://examplebucket.s3.amazonaws.com/test.txt"), Map.of(), Map.of()),
                Instant.parse("2013-05-24T00:00:00Z"),
                Duration.ofDays(1));
        assertThat(url)
                .isEqualTo("https://examplebucket.s3.amazonaws.com/test.txt"
                        + "?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                        + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                        + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                        + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    }

    @Test
    void credentials_show_no_secret() {
        assertThat(new S3Credentials("eu-west-1", "id", "secret")).hasToString("id in eu-west-1");
    }
}
