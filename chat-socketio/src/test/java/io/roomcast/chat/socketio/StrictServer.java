package io.roomcast.chat.socketio;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.ServiceUnavailableException;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A server that has a reason to refuse anything; whose token names its user, but for a few. */
final class StrictServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ACK_ID = 7;
    private static final String ALL = "/api/conversations";

    private final ChatServer server;

    StrictServer(ChatStore store) {
        fill(store);
        server = ChatServer.builder()
                .host("127.0.0.1")
                .port(0)
                .store(store)
                .limits(Limits.builder().roomsPerSession(1).members(3).build())
                .authenticator(StrictServer::ownerOf)
                .accessPolicy((request, membership) -> !request.conversationId().equals("secret"))
                .rateLimiter(StrictServer::acquire)
                .interceptor(StrictServer::inspect)
                .build()
                .start();
    }

    private static void fill(ChatStore store) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        store.append(List.of(
                message("new", "ann", now),
                message("old", "ann", now.minus(1_000, ChronoUnit.DAYS)),
                message("bobs", "bob", now)));
        store.create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        store.create(NewConversation.group("bobs", "Bob's", List.of("bob")));
    }

    private static MessageDraft message(String id, String senderId, Instant createdAt) {
        return new MessageDraft(id, "r", senderId, id, MessageBody.text("hello"), createdAt);
    }

    private static Principal ownerOf(String token) {
        return switch (token) {
            case "forged" -> throw ChatException.of(ErrorCode.UNAUTHENTICATED);
            case "expired" -> throw ChatException.of(ErrorCode.TOKEN_EXPIRED);
            case "odd" -> throw new IllegalStateException("the words of an exception");
            case "away" -> throw new ServiceUnavailableException("the words of an exception");
            case "broken" -> throw new NoClassDefFoundError("the words of an error");
            default -> Principal.of(token);
        };
    }

    private static Duration acquire(String caller, Command<?> command) {
        return command.conversationId().equals("busy") ? Duration.ofMillis(1_500) : Duration.ZERO;
    }

    private static MessageDraft inspect(MessageDraft draft) {
        if (draft.content().equals("spam")) {
            throw ChatException.rejected("No adverts");
        }
        return draft;
    }

    int port() {
        return server.port();
    }

    /** Takes all rooms, all subscriptions and all reactions to a message that a client may have. */
    static void exhaust(RawWebSocket socket) {
        succeed(socket, "joinRoom", "\"r\"");
        succeed(socket, "subscribePresence", "{\"userIds\":[" + numbers(200) + "]}");
        for (int i = 0; i < 20; i++) {
            succeed(socket, "addReaction", "{\"conversationId\":\"r\",\"messageId\":\"new\",\"key\":\"" + i + "\"}");
        }
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));
    }

    private static void succeed(RawWebSocket socket, String event, String payload) {
        JsonNode answer = ask(socket, event, parse(payload));
        if (!answer.get("success").booleanValue()) {
            throw new IllegalStateException(answer.toString());
        }
    }

    /** The answer to an event with an ack. */
    static JsonNode ask(RawWebSocket socket, String event, JsonNode argument) {
        return parse(socket.ask(ACK_ID, packet(event, argument))).get(0);
    }

    /** Returns the failure event of a request without an ack: its name and its payload. */
    static JsonNode emit(RawWebSocket socket, String event, JsonNode argument) {
        socket.text("42" + packet(event, argument));
        String failure = socket.nextText();
        while (!failure.contains("Error\",{")) {
            failure = socket.nextText();
        }
        return parse(failure.substring("42".length()));
    }

    private static String packet(String event, JsonNode argument) {
        return JSON.createArrayNode().add(event).add(argument).toString();
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(text, broken);
        }
    }

    /** Returns a request with a user's token. */
    record Request(String method, String target, String body, String token) {
        RawHttp.Response send(int port) {
            try (RawHttp http = new RawHttp(port)) {
                return send(http);
            }
        }

        RawHttp.Response send(RawHttp http) {
            String authorization = "Authorization: Bearer " + token;
            return http.exchange(method, target, body, authorization, "Content-Type: application/json");
        }
    }

    /** The request that asks the same as an event, where there is one. */
    static Optional<Request> request(String event, JsonNode argument) {
        String one = ALL + "/" + argument.path("conversationId").asText();
        boolean isNamed = argument.hasNonNull("conversationId");
        return switch (event) {
            case "createConversation" -> Optional.of(post(ALL, argument));
            case "getConversations" -> Optional.of(get(ALL, argument));
            case "getConversation" -> isNamed ? Optional.of(get(one, argument)) : Optional.empty();
            case "sendMessage" -> isNamed ? Optional.of(post(one + "/messages", argument)) : Optional.empty();
            case "getMessages" -> Optional.of(get(one + "/messages", argument));
            case "syncRoom" -> Optional.of(get(one + "/sync", argument));
            case "markRead" -> Optional.of(post(one + "/read", argument));
            default -> Optional.empty();
        };
    }

    private static Request post(String path, JsonNode argument) {
        return new Request("POST", path, argument.toString(), "ann");
    }

    private static Request get(String path, JsonNode argument) {
        String query = argument.properties().stream()
                .map(field -> field.getKey() + "=" + field.getValue().asText())
                .collect(Collectors.joining("&"));
        return new Request("GET", path + "?" + query, "", "ann");
    }

    /** Blocks the caller until it is released. */
    static Throwable heldUp(CountDownLatch arrived, CountDownLatch released) {
        arrived.countDown();
        try {
            released.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return ChatException.of(ErrorCode.STORAGE_UNAVAILABLE);
    }

    /** Begins to stop, and returns once nothing more is taken of the given client. */
    CompletableFuture<Void> stopping(RawWebSocket socket) {
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
        JsonNode nowhere = parse("{\"conversationId\":\"elsewhere\"}");
        await().until(() -> !ask(socket, "leaveRoom", nowhere).get("success").booleanValue());
        return stopped;
    }

    @Override
    public void close() {
        server.close();
    }
}
