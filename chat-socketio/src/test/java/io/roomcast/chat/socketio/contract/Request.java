package io.roomcast.chat.socketio.contract;

import io.roomcast.chat.socketio.internal.wire.WireCommand;
import io.roomcast.chat.socketio.internal.wire.WireCommands;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a client may ask.
 *
 * @param name the event
 * @param says what it asks for, in one sentence
 * @param payload its argument
 * @param answer what a success answers
 */
record Request(String name, String says, Named payload, Named answer) {
    static Request of(String name, String says, Type payload, Type answer) {
        String title = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return new Request(
                name,
                says,
                new Named(title + "Payload", "The argument of " + name + ".", payload),
                new Named(title + "Result", "What a success of " + name + " answers.", answer));
    }

    @Override
    public String toString() {
        return name;
    }

    /** Returns the wire form under test. */
    WireCommand<?> wire() {
        return WireCommands.named(name).orElseThrow();
    }

    /** The forms that its argument may have. */
    List<Type> forms() {
        return payload.type() instanceof Either either ? either.alternatives() : List.of(payload.type());
    }

    /** The names that a field may have in any form; none for a field that is no choice. */
    Set<String> choices(String field) {
        return shapes().stream()
                .flatMap(shape -> shape.field(field).stream())
                .map(Field::type)
                .filter(Choice.class::isInstance)
                .flatMap(type -> ((Choice) type).names().stream())
                .collect(Collectors.toSet());
    }

    /** The forms that are objects. */
    List<Shape> shapes() {
        return forms().stream()
                .filter(Shape.class::isInstance)
                .map(Shape.class::cast)
                .toList();
    }
}
