package io.roomcast.chat.socketio.internal.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.HttpMethod;
import io.roomcast.chat.command.AcceptCall;
import io.roomcast.chat.command.EndCall;
import io.roomcast.chat.command.GetIceServers;
import io.roomcast.chat.command.HandleEvent;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.RefreshToken;
import io.roomcast.chat.command.RejoinCall;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.SignalCall;
import io.roomcast.chat.command.StartCall;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.command.StopViewing;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.command.UnsubscribePresence;
import io.roomcast.chat.command.UpdateCall;
import io.roomcast.chat.socketio.internal.http.HttpExchange;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import io.roomcast.chat.socketio.internal.wire.ClientEvents;
import io.roomcast.chat.socketio.internal.wire.WireCommand;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the command of an event that is posted over HTTP, also of the host's own. The body is the event's payload. */
public final class EventApi implements HttpRoute {
    private static final Pattern PATH = Pattern.compile("/api/events/([^/]+)");

    /** The commands that change a client's connection, which an HTTP request has not. */
    private static final Set<Class<?>> OF_CONNECTIONS = Set.of(
            AcceptCall.class,
            EndCall.class,
            GetIceServers.class,
            JoinRoom.class,
            JoinRooms.class,
            LeaveRoom.class,
            RefreshToken.class,
            RejoinCall.class,
            SetPresence.class,
            SignalCall.class,
            StartCall.class,
            StartTyping.class,
            StartViewing.class,
            StopTyping.class,
            StopViewing.class,
            SubscribePresence.class,
            UnsubscribePresence.class,
            UpdateCall.class);

    private final ApiCommands commands;
    private final ClientEvents events;

    /**
     * Creates the API.
     *
     * @param events the events of the server
     */
    public EventApi(ApiCommands commands, ClientEvents events) {
        this.commands = commands;
        this.events = events;
    }

    /** Returns whether clients can request the command over HTTP. */
    static boolean isServed(WireCommand<?> wire) {
        return !OF_CONNECTIONS.contains(wire.type());
    }

    @Override
    public boolean handle(HttpExchange exchange) {
        Matcher path = PATH.matcher(exchange.rawPath());
        if (!path.matches()) {
            return false;
        }
        if (exchange.method().equals(HttpMethod.POST)) {
            events.named(ApiRoute.decoded(path.group(1)))
                    .filter(EventApi::isServed)
                    .ifPresentOrElse(wire -> run(exchange, wire), () -> commands.refuse(exchange));
        } else {
            exchange.rejectMethod("POST");
        }
        return true;
    }

    private <R> void run(HttpExchange exchange, WireCommand<R> wire) {
        commands.run(exchange, wire, () -> argument(exchange, wire));
    }

    /** Returns the payload: an object, or any JSON value for an event of the host's own. */
    private static JsonNode argument(HttpExchange exchange, WireCommand<?> wire) {
        if (wire.type() == HandleEvent.class) {
            return JsonBody.value(exchange);
        }
        return wire.type() == SendMessage.class ? ApiArguments.message(exchange) : JsonBody.read(exchange);
    }
}
