package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.HandleEvent;
import io.roomcast.chat.command.HandleEvent.Handled;
import io.roomcast.chat.internal.port.EventFunction;
import io.roomcast.chat.internal.port.IsolatedPort;
import io.roomcast.chat.internal.port.Ports;
import io.roomcast.chat.internal.rule.EventRules;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Calls the host's own handlers of events, each on threads of its own. */
final class HostEventHandler {
    private final Map<String, EventFunction> functions;
    private final Ports ports;

    HostEventHandler(Map<String, EventFunction> functions, Ports ports) {
        this.functions = functions;
        this.ports = ports;
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans(Rules rules) {
        return List.of(CommandPlan.concurrent(HandleEvent.class, rules.events()::handle, this::handle));
    }

    private CompletionStage<Handled> handle(HandleEvent command, CommandContext context) {
        EventFunction function = functions.get(command.name());
        if (function == null) {
            throw ChatException.of(ErrorCode.NOT_SUPPORTED);
        }
        IsolatedPort port = ports.event(command.name());
        Session session = context.session();
        String caller = session.principal().knownUserId().orElse(session.id());
        return port.<String>callAsync(caller, () -> function.call(session, command.payload()))
                .thenApply(answer -> handled(answer, port));
    }

    private static Handled handled(String answer, IsolatedPort port) {
        if (!EventRules.isJson(answer)) {
            port.port().warn("returned a text that is not JSON");
            throw ChatException.of(ErrorCode.INTERNAL_ERROR);
        }
        return new Handled(answer);
    }
}
