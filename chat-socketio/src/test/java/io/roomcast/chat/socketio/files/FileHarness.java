package io.roomcast.chat.socketio.files;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.LimitsBuilder;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.socketio.ChatServerBuilder;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.RateLimiter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that keeps files, with ann and bob in the group {@code g}. A token is the user's id. */
final class FileHarness implements AutoCloseable {
    static final String ORIGIN = "https://app.example.com";
    private static final String NL = "\r\n";
    private static final Pattern LINK = Pattern.compile("\"fileUrl\":\"([^\"]+)\"");

    private final ChatServer server;

    FileHarness(AttachmentStore store) {
        this(store, limits -> limits);
    }

    /** Starts a server with other limits. */
    FileHarness(AttachmentStore store, UnaryOperator<LimitsBuilder> limits) {
        this(store, limits, builder -> builder);
    }

    /** Starts a server with other settings. */
    static FileHarness with(AttachmentStore store, UnaryOperator<ChatServerBuilder> settings) {
        return new FileHarness(store, limits -> limits, settings);
    }

    private FileHarness(
            AttachmentStore store, UnaryOperator<LimitsBuilder> limits, UnaryOperator<ChatServerBuilder> settings) {
        server = settings.apply(ChatServer.builder()
                        .port(0)
                        .host("127.0.0.1")
                        .authenticator(Principal::of)
                        .accessPolicy(AccessPolicy.membersOnly())
                        .allowedOrigins(ORIGIN)
                        .rateLimiter(RateLimiter.none())
                        .attachments(store)
                        .limits(limits.apply(Limits.builder()
                                        .fileBytes(200_000_000)
                                        .uploadsPerUser(20)
                                        .uploadBytesPerDay(2_000_000_000))
                                .build()))
                .build()
                .start();
        server.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
    }

    ChatServer server() {
        return server;
    }

    int port() {
        return server.port();
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String metadata(String name, String type) {
        return "Upload-Metadata: conversationId " + base64("g") + ",filename " + base64(name) + ",filetype "
                + base64(type);
    }

    static String bearer(String userId) {
        return "Authorization: Bearer " + userId;
    }

    Response request(String method, String target, String body, String... headers) {
        try (RawHttp http = new RawHttp(port())) {
            return http.exchange(method, target, body, headers);
        }
    }

    /** Begins an upload of ann's; returns its path. */
    String create(long size, String name, String type) {
        Response created = request(
                "POST",
                "/api/uploads",
                "",
                bearer("ann"),
                "Tus-Resumable: 1.0.0",
                "Upload-Length: " + size,
                metadata(name, type));
        if (created.status() != 201) {
            throw new AssertionError(created.toString());
        }
        return created.headers().get("location");
    }

    String create(long size) {
        return create(size, "plan.pdf", "application/pdf");
    }

    Response head(String path) {
        try (RawHttp http = new RawHttp(port())) {
            http.send("HEAD", path, "", bearer("ann"), "Tus-Resumable: 1.0.0");
            return http.head();
        }
    }

    static byte[] patch(String path, long offset, long length) {
        return ("PATCH " + path + " HTTP/1.1" + NL + "Host: localhost" + NL + bearer("ann") + NL
                        + "Tus-Resumable: 1.0.0" + NL + "Upload-Offset: " + offset + NL
                        + "Content-Type: application/offset+octet-stream" + NL + "Content-Length: " + length + NL + NL)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    Response patch(String path, long offset, String bytes) {
        try (RawHttp http = new RawHttp(port())) {
            http.write(patch(path, offset, bytes.length()));
            http.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return http.read();
        }
    }

    /** Uploads a file of ann's, and sends it in a message. Returns the link in the message. */
    String sent(String name, String type, String bytes) {
        String path = create(bytes.length(), name, type);
        patch(path, 0, bytes);
        return link(send(path));
    }

    /** Sends the file of an upload in a message. */
    Response send(String uploadPath) {
        String url = uploadPath.replace("/api/uploads/", "/api/files/");
        return request(
                "POST",
                "/api/conversations/g/messages",
                "{\"type\":\"file\",\"content\":\"\",\"fileUrl\":\"" + url + "\"}",
                bearer("ann"),
                "Content-Type: application/json");
    }

    static String link(Response sent) {
        Matcher link = LINK.matcher(sent.body());
        if (!link.find()) {
            throw new AssertionError(sent.toString());
        }
        return link.group(1);
    }

    @Override
    public void close() {
        server.close();
    }
}
