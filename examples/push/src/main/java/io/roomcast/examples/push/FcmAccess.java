package io.roomcast.examples.push;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Gets the tokens with which a service account calls FCM, by OAuth 2.0 (RFC 7523). A token is used for most of the hour that
 * it is valid. Safe for use by any thread; the first of several callers blocks the others.
 */
public final class FcmAccess {
    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final Duration VALID = Duration.ofHours(1);
    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String email;
    private final URI tokenUri;
    private final Algorithm algorithm;
    private final Clock clock;
    private String token = "";
    private Instant renewAt = Instant.EPOCH;

    /**
     * Reads a service account.
     *
     * @param account the content of the JSON file that the Firebase console creates
     * @param clock the system's clock, except in tests
     * @throws IllegalArgumentException if it is not such a file
     */
    public FcmAccess(String account, Clock clock) {
        try {
            JsonNode fields = JSON.readTree(account);
            this.email = fields.path("client_email").asText();
            this.tokenUri = URI.create(fields.path("token_uri").asText());
            this.algorithm =
                    Algorithm.RSA256(null, privateKey(fields.path("private_key").asText()));
            this.clock = clock;
        } catch (IOException | GeneralSecurityException invalid) {
            throw new IllegalArgumentException("account: expected the JSON file of a service account", invalid);
        }
    }

    private static RSAPrivateKey privateKey(String pem) throws GeneralSecurityException {
        byte[] key = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        return (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
    }

    /** Returns a valid token. May block for a request. */
    synchronized String token() throws IOException, InterruptedException {
        if (!clock.instant().isBefore(renewAt)) {
            token = request();
        }
        return token;
    }

    /** Drops the token, because it was refused. */
    synchronized void renew() {
        renewAt = Instant.EPOCH;
    }

    private String request() throws IOException, InterruptedException {
        Instant now = clock.instant();
        String assertion = JWT.create()
                .withIssuer(email)
                .withAudience(tokenUri.toString())
                .withClaim("scope", SCOPE)
                .withIssuedAt(now)
                .withExpiresAt(now.plus(VALID))
                .sign(algorithm);
        HttpRequest request = HttpRequest.newBuilder(tokenUri)
                .timeout(LIMIT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=" + URLEncoder.encode(GRANT, StandardCharsets.UTF_8) + "&assertion=" + assertion))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode answer = response.statusCode() == OK ? JSON.readTree(response.body()) : JSON.missingNode();
        if (!answer.path("access_token").isTextual()) {
            throw new IOException("no token: status " + response.statusCode());
        }
        renewAt = now.plusSeconds(answer.path("expires_in").asLong()).minus(MARGIN);
        return answer.path("access_token").asText();
    }
}
