package io.roomcast.examples.files;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Presigns URLs of S3 by AWS Signature Version 4: who has such a URL may send one kind of request for some time, without
 * credentials. Safe for use by any thread.
 */
final class S3Signature {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String MAC = "HmacSHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DATE_LENGTH = 8;

    private final S3Credentials credentials;

    S3Signature(S3Credentials credentials) {
        this.credentials = credentials;
    }

    /**
     * A request to be signed.
     *
     * @param method the method
     * @param object the URL of the object, without a query
     * @param query the query, not encoded
     * @param headers the headers that the request must have, by their names in lower case, besides {@code host}
     */
    record Request(String method, URI object, Map<String, String> query, Map<String, String> headers) {}

    /** Returns the URL with its signature. */
    String presign(Request request, Instant now, Duration validity) {
        String time = TIME.format(now);
        String scope = time.substring(0, DATE_LENGTH) + "/" + credentials.region() + "/s3/aws4_request";
        SortedMap<String, String> headers = new TreeMap<>(request.headers());
        headers.put("host", request.object().getRawAuthority());
        String signedHeaders = String.join(";", headers.keySet());
        SortedMap<String, String> query = new TreeMap<>(request.query());
        query.put("X-Amz-Algorithm", ALGORITHM);
        query.put("X-Amz-Credential", credentials.accessKey() + "/" + scope);
        query.put("X-Amz-Date", time);
        query.put("X-Amz-Expires", String.valueOf(validity.toSeconds()));
        query.put("X-Amz-SignedHeaders", signedHeaders);
        String canonicalQuery = query.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        String canonicalHeaders = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        String canonical = String.join(
                "\n",
                request.method(),
                request.object().getRawPath(),
                canonicalQuery,
                canonicalHeaders,
                signedHeaders,
                "UNSIGNED-PAYLOAD");
        String toSign = String.join("\n", ALGORITHM, time, scope, hex(hash(canonical)));
        return request.object() + "?" + canonicalQuery + "&X-Amz-Signature=" + hex(mac(key(scope), toSign));
    }

    private byte[] key(String scope) {
        byte[] key = ("AWS4" + credentials.secretKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            key = mac(key, part);
        }
        return key;
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = (octet >= 'a' && octet <= 'z')
                    || (octet >= 'A' && octet <= 'Z')
                    || (octet >= '0' && octet <= '9')
                    || "-._~".indexOf(octet) >= 0;
            encoded.append(isPlain ? String.valueOf((char) octet) : String.format("%%%02X", octet));
        }
        return encoded.toString();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + MAC, impossible);
        }
    }
}
