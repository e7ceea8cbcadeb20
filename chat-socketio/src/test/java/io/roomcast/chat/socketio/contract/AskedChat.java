package io.roomcast.chat.socketio.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.IceServers;
import io.roomcast.chat.spi.RateLimiter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A chat with one message, whose author sends every kind of request. */
final class AskedChat implements AutoCloseable {
    private static final Set<ErrorCode> MALFORMED =
            Set.of(ErrorCode.MISSING_FIELDS, ErrorCode.INVALID_PAYLOAD, ErrorCode.INVALID_CURSOR);

    private static final Set<ErrorCode> NEVER = Set.of(ErrorCode.INVALID_PAYLOAD, ErrorCode.FORBIDDEN);

    private final ChatEngine chat = ChatEngine.builder()
            .rateLimiter(RateLimiter.none())
            .calls(CallOptions.of(IceServers.none()))
            .build();
    private final Session author = Session.detached(Principal.of("ann"));
    private final String messageId;

    AskedChat() {
        SendMessage hello = SendMessage.text("x", "hello");
        messageId = ask(hello).join().message().id();
        chat.service().addMembers("x", Set.of("ann"));
    }

    private <R> CompletableFuture<R> ask(Command<R> command) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        chat.execute(author, command, new Reply<>() {
            @Override
            public void succeeded(R result) {
                answer.complete(result);
            }

            @Override
            public void failed(ChatException refusal) {
                answer.completeExceptionally(refusal);
            }
        });
        return answer;
    }

    /** Returns the code with which the payload is refused as malformed; empty if it is well-formed. */
    Optional<ErrorCode> complaint(Request request, JsonNode payload) {
        return refusal(request, payload).filter(MALFORMED::contains);
    }

    /** Returns whether the payload can never succeed, because a value in it is unknown or reserved for the host. */
    boolean refuses(Request request, JsonNode payload) {
        return refusal(request, payload).filter(NEVER::contains).isPresent();
    }

    private Optional<ErrorCode> refusal(Request request, JsonNode payload) {
        if (payload instanceof ObjectNode fields && fields.has("messageId")) {
            fields.put("messageId", messageId);
        }
        try {
            ask(request.wire().decoder().decode(payload)).join();
            return Optional.empty();
        } catch (ChatException | CompletionException refusal) {
            return Optional.of(ChatException.from(refusal).code());
        }
    }

    @Override
    public void close() {
        chat.close();
    }
}
