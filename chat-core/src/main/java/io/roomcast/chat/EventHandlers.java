package io.roomcast.chat;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.roomcast.chat.internal.port.EventFunction;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds the host's handlers of events, which are added before the chat is known. */
final class EventHandlers {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final String DONE = "{\"success\":true}";

    private interface Handling {
        CompletionStage<@Nullable String> handle(EventRequest request) throws Exception;
    }

    private final Map<String, Handling> handlers = new HashMap<>();

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    void add(String name, EventHandler handler) {
        requireNonNull(handler, "handler");
        handle(name, request -> CompletableFuture.completedFuture(handler.handle(request)));
    }

    void addAsync(String name, Function<EventRequest, ? extends CompletionStage<@Nullable String>> handler) {
        requireNonNull(handler, "handler");
        handle(name, handler::apply);
    }

    private void handle(String name, Handling handler) {
        if (!isName(requireNonNull(name, "name"))) {
            throw new IllegalArgumentException("name: " + name + " (expected: " + ChatEngineBuilder.EVENT_NAMES + ")");
        }
        if (handlers.putIfAbsent(name, handler) != null) {
            throw new IllegalArgumentException("name: " + name + " (expected: one handler for each event)");
        }
    }

    /**
     * Returns what the chat calls, by the names of the events.
     *
     * @param chat returns the chat that the handlers may use; called for each event
     */
    Map<String, EventFunction> functions(Supplier<ChatService> chat) {
        Map<String, EventFunction> functions = new HashMap<>();
        handlers.forEach((name, handler) -> functions.put(
                name,
                (session, payload) -> handler.handle(
                                new EventRequest(chat.get(), name, session.principal(), session.id(), payload))
                        .thenApply(answer -> requireNonNullElse(answer, DONE))));
        return Map.copyOf(functions);
    }
}
