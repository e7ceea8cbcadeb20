package io.roomcast.examples.files;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands for S3: one bucket that admits presigned requests alone. Computes the signature from the request as it arrived, by
 * the documentation of AWS Signature Version 4, without the code under test.
 */
final class S3StandIn implements AutoCloseable {
    static final S3Credentials CREDENTIALS = new S3Credentials("eu-central-1", "AKIDEXAMPLE", "a secret/key+of S3");

    private static final int PART = 65_536;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    final Map<String, byte[]> objects = new ConcurrentHashMap<>();

    private final Map<String, String> types = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Clock clock;
    private final AtomicInteger puts = new AtomicInteger();
    private volatile int fault;
    private volatile int faultOfPuts;
    private volatile long pauseMillis;

    S3StandIn(Clock clock) throws IOException {
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers all requests with a status from now on; 0 for none. */
    void failWith(int status) {
        fault = status;
    }

    /** Answers all requests that store a file with a status from now on; 0 for none. */
    void failPutsWith(int status) {
        faultOfPuts = status;
    }

    /** Returns the number of requests that would store a file. */
    int puts() {
        return puts.get();
    }

    /** Reads what clients send slowly from now on: waits for some time after each part; 0 for not at all. */
    void pauseAfterParts(long millis) {
        pauseMillis = millis;
    }

    URI bucket() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/bucket");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = body(exchange.getRequestBody());
            Headers headers = exchange.getResponseHeaders();
            headers.set("Access-Control-Allow-Origin", "*");
            if (exchange.getRequestMethod().equals("OPTIONS")) {
                headers.set("Access-Control-Allow-Methods", "GET, PUT");
                headers.set("Access-Control-Allow-Headers", "content-type, if-none-match");
                answer(exchange, 200, new byte[0]);
                return;
            }
            Map<String, String> query = query(exchange.getRequestURI());
            int failure = fault == 0 ? faultOf(exchange.getRequestMethod()) : fault;
            int status = failure == 0 ? refusal(exchange, query) : failure;
            if (status != 0) {
                answer(exchange, status, new byte[0]);
            } else {
                serve(exchange, query, body);
            }
        }
    }

    private int faultOf(String method) {
        if (!method.equals("PUT")) {
            return 0;
        }
        puts.incrementAndGet();
        return faultOfPuts;
    }

    private byte[] body(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
            body.writeBytes(part);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
        }
        return body.toByteArray();
    }

    private static Map<String, String> query(URI target) {
        Map<String, String> query = new HashMap<>();
        for (String parameter : String.valueOf(target.getRawQuery()).split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            query.put(parts[0], parts.length == 1 ? "" : decoded(parts[1]));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Returns the status with which a request is refused; 0 for none. */
    private int refusal(HttpExchange exchange, Map<String, String> query) {
        List<String> needed = List.of(
                "X-Amz-Algorithm",
                "X-Amz-Credential",
                "X-Amz-Date",
                "X-Amz-Expires",
                "X-Amz-SignedHeaders",
                "X-Amz-Signature");
        if (!query.keySet().containsAll(needed)) {
            return 403;
        }
        Instant signedAt = LocalDateTime.parse(query.get("X-Amz-Date"), TIME).toInstant(ZoneOffset.UTC);
        Instant end = signedAt.plusSeconds(Long.parseLong(query.get("X-Amz-Expires")));
        boolean isExpired =
                clock.instant().isAfter(end) || signedAt.isAfter(clock.instant().plusSeconds(900));
        boolean isSigned = query.get("X-Amz-Signature").equals(signature(exchange, query));
        return isExpired || !isSigned ? 403 : 0;
    }

    private static String signature(HttpExchange exchange, Map<String, String> query) {
        String rawQuery = exchange.getRequestURI().getRawQuery();
        String canonicalQuery = Arrays.stream(rawQuery.split("&", -1))
                .filter(parameter -> !parameter.startsWith("X-Amz-Signature="))
                .sorted()
                .collect(Collectors.joining("&"));
        String signedHeaders = query.get("X-Amz-SignedHeaders");
        StringBuilder canonicalHeaders = new StringBuilder();
        for (String name : signedHeaders.split(";", -1)) {
            List<String> values = exchange.getRequestHeaders().getOrDefault(titled(name), List.of());
            canonicalHeaders
                    .append(name)
                    .append(':')
                    .append(String.join(",", values))
                    .append('\n');
        }
        String canonical = exchange.getRequestMethod() + "\n"
                + exchange.getRequestURI().getRawPath() + "\n" + canonicalQuery + "\n" + canonicalHeaders + "\n"
                + signedHeaders + "\nUNSIGNED-PAYLOAD";
        String date = query.get("X-Amz-Date");
        String scope = date.substring(0, 8) + "/" + CREDENTIALS.region() + "/s3/aws4_request";
        boolean isOurs = query.get("X-Amz-Credential").equals(CREDENTIALS.accessKey() + "/" + scope)
                && List.of(signedHeaders.split(";", -1)).contains("host");
        String toSign = "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + hex(sha256(canonical));
        byte[] key = hmac(("AWS4" + CREDENTIALS.secretKey()).getBytes(StandardCharsets.UTF_8), date.substring(0, 8));
        byte[] signingKey = hmac(hmac(hmac(key, CREDENTIALS.region()), "s3"), "aws4_request");
        return isOurs ? hex(hmac(signingKey, toSign)) : "none";
    }

    /** The server of the JDK keeps names of headers with a capital first letter alone. */
    private static String titled(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void serve(HttpExchange exchange, Map<String, String> query, byte[] body) throws IOException {
        String key = exchange.getRequestURI().getRawPath().substring("/bucket/".length());
        byte[] object = objects.get(key);
        switch (exchange.getRequestMethod()) {
            case "PUT" -> put(exchange, key, body);
            case "DELETE" -> {
                objects.remove(key);
                answer(exchange, 204, new byte[0]);
            }
            case "HEAD", "GET" -> {
                if (object == null) {
                    answer(exchange, 404, new byte[0]);
                } else {
                    get(exchange, key, query, object);
                }
            }
            default -> answer(exchange, 405, new byte[0]);
        }
    }

    private void put(HttpExchange exchange, String key, byte[] body) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        boolean isNew = "*".equals(headers.getFirst("If-None-Match"));
        if (isNew && objects.putIfAbsent(key, body) != null) {
            answer(exchange, 412, new byte[0]);
            return;
        }
        objects.put(key, body);
        types.put(key, headers.getFirst("Content-Type"));
        answer(exchange, 200, new byte[0]);
    }

    private void get(HttpExchange exchange, String key, Map<String, String> query, byte[] object) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", query.getOrDefault("response-content-type", types.get(key)));
        if (query.containsKey("response-content-disposition")) {
            headers.set("Content-Disposition", query.get("response-content-disposition"));
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            answer(exchange, 200, object);
            return;
        }
        String[] ends = range.substring("bytes=".length()).split("-", 2);
        long from = Long.parseLong(ends[0]);
        long to = Math.min(object.length, ends[1].isEmpty() ? object.length : Long.parseLong(ends[1]) + 1);
        if (from >= object.length) {
            answer(exchange, 416, new byte[0]);
        } else {
            answer(exchange, 206, Arrays.copyOfRange(object, (int) from, (int) to));
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        if (isHead) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
        }
        exchange.sendResponseHeaders(status, isHead || body.length == 0 ? -1 : body.length);
        if (!isHead) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Starts a server in real time. */
    static S3StandIn start() {
        try {
            return new S3StandIn(Clock.systemUTC());
        } catch (IOException unlikely) {
            throw new UncheckedIOException(unlikely);
        }
    }
}
