package io.roomcast.examples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.DirectTransfer;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.time.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bucket, on a server that checks each signature. */
class S3BucketTest {
    private static final String ID = "AAAAAAAAAAAAAAAAAAAA_-";
    private static final String BYTES = "0123456789";

    private final VirtualTime time = new VirtualTime();
    private final S3StandIn s3 = new S3StandIn(time.clock());
    private final S3Bucket bucket = new S3Bucket(s3.bucket(), S3StandIn.CREDENTIALS, time.clock());
    private final StoredFile file = new StoredFile(
            ID, "room", "ann", "a.png", BYTES.length(), "image/png", null, Instant.ofEpochMilli(1_000), null);
    private final DirectTransfer transfer = bucket.upload(file);

    S3BucketTest() throws IOException {}

    @AfterEach
    void close() {
        s3.close();
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private HttpResponse<String> put(String url, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .method(transfer.method(), HttpRequest.BodyPublishers.ofString(body));
        transfer.headers().forEach(request::header);
        return send(request.build());
    }

    private static HttpResponse<String> get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private String read(long from, long length) throws IOException {
        try (ReadableByteChannel channel = bucket.read(ID, from, length)) {
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void client_stores_the_file_and_the_server_reads_it() throws IOException {
        assertThat(bucket.size(ID)).isZero();
        assertThat(read(0, 10)).isEmpty();
        assertThat(put(transfer.url(), BYTES).statusCode()).isEqualTo(200);
        assertThat(bucket.size(ID)).isEqualTo(BYTES.length());
        assertThat(read(0, Long.MAX_VALUE)).isEqualTo(BYTES);
        assertThat(read(2, 3)).isEqualTo("234");
        assertThat(read(8, 100)).isEqualTo("89");
        assertThat(read(10, 1)).isEmpty();
        assertThat(read(0, 0)).isEmpty();
        bucket.delete(ID);
        bucket.delete(ID);
        assertThat(bucket.size(ID)).isZero();
    }

    @Test
    void client_reads_the_file_with_the_headers_of_the_server() {
        put(transfer.url(), BYTES);
        String disposition = "attachment; filename=\"a b.txt\"; filename*=UTF-8''%C3%BC.txt";
        HttpResponse<String> read = get(
                bucket.download(file, "application/octet-stream", disposition).orElseThrow());
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(BYTES);
        assertThat(read.headers().firstValue("content-type")).contains("application/octet-stream");
        assertThat(read.headers().firstValue("content-disposition")).contains(disposition);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "012345678", "0123456789a"})
    void body_of_another_length_is_refused(String body) {
        assertThat(put(transfer.url(), body).statusCode()).isEqualTo(403);
        assertThat(s3.objects).isEmpty();
    }

    @Test
    void stored_file_cannot_be_replaced() {
        put(transfer.url(), BYTES);
        assertThat(put(transfer.url(), "9876543210").statusCode()).isEqualTo(412);
        assertThat(s3.objects.get(ID)).asString(StandardCharsets.UTF_8).isEqualTo(BYTES);
    }

    @Test
    void headers_are_those_that_were_signed() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(transfer.url()))
                .PUT(HttpRequest.BodyPublishers.ofString(BYTES))
                .header("content-type", "text/html")
                .header("if-none-match", "*")
                .build();
        assertThat(send(request).statusCode()).isEqualTo(403);
    }

    /** URLs that are not as they were signed. */
    static Stream<Arguments> changed() {
        return Stream.of(
                change("another object", url -> url.replace(ID, "BBBBBBBBBBBBBBBBBBBBBB")),
                change("another signature", url -> url.substring(0, url.length() - 2) + "xx"),
                change("no signature", url -> url.replaceAll("&X-Amz-Signature=.*", "")),
                change("longer", url -> url.replaceAll("X-Amz-Expires=\\d+", "X-Amz-Expires=604800")),
                change("fewer headers", url -> url.replace("content-length%3B", "")),
                change("another key", url -> url.replace("AKIDEXAMPLE", "AKIDEXAMPLF")),
                change("another region", url -> url.replace("eu-central-1", "us-east-1")),
                change("one more parameter", url -> url.replace("X-Amz-Date", "acl=public-read&X-Amz-Date")));
    }

    private static Arguments change(String name, UnaryOperator<String> change) {
        return argumentSet(name, change);
    }

    @ParameterizedTest
    @MethodSource("changed")
    void changed_url_is_refused(UnaryOperator<String> change) {
        assertThat(put(change.apply(transfer.url()), BYTES).statusCode()).isEqualTo(403);
        assertThat(s3.objects).isEmpty();
    }

    @Test
    void url_permits_one_method() {
        put(transfer.url(), BYTES);
        assertThat(get(transfer.url()).statusCode()).isEqualTo(403);
        String download = bucket.download(file, "a/b", "inline").orElseThrow();
        assertThat(send(HttpRequest.newBuilder(URI.create(download)).DELETE().build())
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"59, 200", "61, 403"})
    void url_of_an_upload_expires_after_an_hour(int minutes, int status) {
        assertThat(transfer.expiresAt()).isEqualTo(time.clock().instant().plus(Duration.ofHours(1)));
        time.advance(Duration.ofMinutes(minutes));
        assertThat(put(transfer.url(), BYTES).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 500, 503})
    void fault_of_the_storage_is_reported(int status) {
        s3.failWith(status);
        assertUnavailable(() -> bucket.size(ID));
        assertUnavailable(() -> bucket.read(ID, 0, 1));
        assertUnavailable(() -> bucket.delete(ID));
    }

    @Test
    void storage_that_cannot_be_reached_is_reported() {
        s3.close();
        assertUnavailable(() -> bucket.size(ID));
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChatException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE));
    }
}
