package io.roomcast.examples.files;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.DirectTransfer;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.spi.DirectStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps files in a bucket of S3, or of a server that speaks its protocol. Clients send and receive them by presigned URLs.
 *
 * <p>The bucket needs a CORS rule that permits the pages of the chat {@code GET} and {@code PUT} with the headers {@code
 * content-type} and {@code if-none-match}. Its objects are private. The key needs {@code s3:GetObject}, {@code
 * s3:PutObject} and {@code s3:DeleteObject} on them, and {@code s3:ListBucket}, without which S3 answers 403 instead of 404
 * for an object that does not exist. A URL for an upload stays valid for {@value #UPLOAD_MINUTES} minutes, also after the
 * upload was cancelled; the chat deletes what a client stores by it then. Safe for use by any thread; blocks.
 */
public final class S3Bucket implements DirectStorage {
    private static final int UPLOAD_MINUTES = 60;
    private static final Duration UPLOAD = Duration.ofMinutes(UPLOAD_MINUTES);
    private static final Duration DOWNLOAD = Duration.ofMinutes(5);
    private static final Duration OWN = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int PARTIAL_CONTENT = 206;
    private static final int NOT_FOUND = 404;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final URI bucket;
    private final S3Signature signature;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /**
     * Creates a bucket.
     *
     * @param bucket the address of the bucket without a slash at the end, such as {@code
     *     https://my-chat.s3.eu-central-1.amazonaws.com}; a path before the names of the objects may follow
     */
    public S3Bucket(URI bucket, S3Credentials credentials, Clock clock) {
        this.bucket = bucket;
        this.signature = new S3Signature(credentials);
        this.clock = clock;
    }

    private URI object(String id) {
        return URI.create(bucket + "/" + id);
    }

    private String presigned(
            String method, String id, Map<String, String> query, Map<String, String> headers, Duration validity) {
        return signature.presign(
                new S3Signature.Request(method, object(id), query, headers), clock.instant(), validity);
    }

    /** Signs the length as well, and that there is no such object yet, so that the URL stores one file once. */
    @Override
    public DirectTransfer upload(StoredFile file) {
        Map<String, String> headers = Map.of("content-type", StoredFile.UNKNOWN_TYPE, "if-none-match", "*");
        Map<String, String> signed = Map.of(
                "content-type",
                StoredFile.UNKNOWN_TYPE,
                "if-none-match",
                "*",
                "content-length",
                String.valueOf(file.size()));
        Instant end = clock.instant().plus(UPLOAD);
        return new DirectTransfer(presigned("PUT", file.id(), Map.of(), signed, UPLOAD), "PUT", headers, end);
    }

    @Override
    public Optional<String> download(StoredFile file, String contentType, String contentDisposition) {
        Map<String, String> sentWith =
                Map.of("response-content-type", contentType, "response-content-disposition", contentDisposition);
        return Optional.of(presigned("GET", file.id(), sentWith, Map.of(), DOWNLOAD));
    }

    @Override
    public long size(String id) {
        HttpResponse<Void> found = send("HEAD", id, Map.of(), BodyHandlers.discarding());
        if (found.statusCode() == NOT_FOUND) {
            return 0;
        }
        require(found.statusCode() == OK, found);
        return found.headers().firstValueAsLong("content-length").orElse(0);
    }

    @Override
    public ReadableByteChannel read(String id, long from, long length) {
        if (length == 0) {
            return empty();
        }
        long last = from > Long.MAX_VALUE - length ? Long.MAX_VALUE - 1 : from + length - 1;
        HttpResponse<InputStream> found =
                send("GET", id, Map.of("range", "bytes=" + from + "-" + last), BodyHandlers.ofInputStream());
        if (found.statusCode() == PARTIAL_CONTENT) {
            return Channels.newChannel(found.body());
        }
        closeQuietly(found.body());
        require(found.statusCode() == RANGE_NOT_SATISFIABLE || found.statusCode() == NOT_FOUND, found);
        return empty();
    }

    private static ReadableByteChannel empty() {
        return Channels.newChannel(new ByteArrayInputStream(new byte[0]));
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException unimportant) {
            // The status says all.
            return;
        }
    }

    @Override
    public void delete(String id) {
        HttpResponse<Void> deleted = send("DELETE", id, Map.of(), BodyHandlers.discarding());
        require(deleted.statusCode() == NO_CONTENT || deleted.statusCode() == NOT_FOUND, deleted);
    }

    private static void require(boolean condition, HttpResponse<?> answer) {
        if (!condition) {
            throw ChatException.of(
                    ErrorCode.STORAGE_UNAVAILABLE, new IOException("S3 answered " + answer.statusCode()));
        }
    }

    private <T> HttpResponse<T> send(String method, String id, Map<String, String> headers, BodyHandler<T> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(presigned(method, id, Map.of(), headers, OWN)))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(TIMEOUT);
        headers.forEach(request::header);
        try {
            return http.send(request.build(), body);
        } catch (IOException failure) {
            throw ChatException.of(ErrorCode.STORAGE_UNAVAILABLE, failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw ChatException.of(ErrorCode.STORAGE_UNAVAILABLE, new InterruptedIOException());
        }
    }
}
