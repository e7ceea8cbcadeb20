package io.roomcast.chat.socketio.contract;

import io.roomcast.chat.socketio.internal.wire.WireCommand;
import io.roomcast.chat.socketio.internal.wire.WireCommands;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An event of a client, which requests a command.
 *
 * @param name the name of the event
 * @param summary a sentence about the command
 * @param payload the type of the argument
 * @param answer the type of a successful answer
 */
record Request(String name, String summary, Named payload, Named answer) {
    static Request of(String name, String summary, Type payload, Type answer) {
        String title = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return new Request(
                name,
                summary,
                new Named(title + "Payload", "The argument of " + name + ".", payload),
                new Named(title + "Result", "The answer to " + name + " if it succeeds.", answer));
    }

    @Override
    public String toString() {
        return name;
    }

    /** Returns the wire form under test. */
    WireCommand<?> wire() {
        return WireCommands.named(name).orElseThrow();
    }

    /** Returns the alternative types of the argument. */
    List<Type> forms() {
        return payload.type() instanceof Either either ? either.alternatives() : List.of(payload.type());
    }

    /** Returns the values of a field in all forms; none for a field that is not a {@link Choice}. */
    Set<String> choices(String field) {
        return shapes().stream()
                .flatMap(shape -> shape.field(field).stream())
                .map(Field::type)
                .filter(Choice.class::isInstance)
                .flatMap(type -> ((Choice) type).names().stream())
                .collect(Collectors.toSet());
    }

    /** Returns the forms that are objects. */
    List<Shape> shapes() {
        return forms().stream()
                .filter(Shape.class::isInstance)
                .map(Shape.class::cast)
                .toList();
    }
}
