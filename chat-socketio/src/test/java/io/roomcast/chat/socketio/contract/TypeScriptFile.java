package io.roomcast.chat.socketio.contract;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the contract as declarations of TypeScript. */
final class TypeScriptFile {
    private static final String HEAD = """
            // What Roomcast and its Socket.IO clients tell each other: the types of a
            // Socket<ServerToClientEvents, ClientToServerEvents> of socket.io-client 4.
            // Written by the server's build; do not edit.

            /** What a request is answered: a success or a failure, told apart by success. */
            export type Answer<Result> = Result | Failure;

            /** Takes an answer. */
            export type Ack<Result> = (answer: Answer<Result>) => void;

            /** The same events without an ack; failures are told by messageError and chatError then. */
            export type WithoutAck<Events> = {
              [Event in keyof Events]: Events[Event] extends (payload: infer Payload, ack: infer _Ack) => void
                ? (payload: Payload) => void
                : never;
            };
            """;

    private TypeScriptFile() {}

    static String print() {
        return Stream.of(
                        Stream.of(HEAD, map("ClientToServerEvents", "ask", requests())),
                        Stream.of(map("ServerToClientEvents", "be told", notices())),
                        WireContract.named().stream().map(TypeScriptFile::declaration))
                .flatMap(parts -> parts)
                .collect(Collectors.joining("\n"));
    }

    private static String map(String name, String verb, Stream<String> events) {
        return "/** All that a client may " + verb + ". */\nexport interface " + name + " {\n"
                + events.collect(Collectors.joining("\n")) + "}\n";
    }

    private static Stream<String> requests() {
        return WireContract.REQUESTS.stream()
                .map(request -> event(
                        request.name(),
                        request.says(),
                        "payload: " + request.payload().name() + ", ack: Ack<"
                                + request.answer().name() + ">"));
    }

    private static Stream<String> notices() {
        return WireContract.NOTICES.stream()
                .map(notice -> event(
                        notice.name(),
                        notice.says(),
                        "payload: " + notice.payload().name()));
    }

    private static String event(String name, String says, String parameters) {
        return "  /** " + says + " */\n  " + name + ": (" + parameters + ") => void;\n";
    }

    private static String declaration(Named named) {
        String type = named.type().typescript("");
        String declared = named.type() instanceof Shape
                ? "interface " + named.name() + " " + type
                : "type " + named.name() + " =" + (type.startsWith("\n") ? "" : " ") + type + ";";
        return "/** " + named.says() + " */\nexport " + declared + "\n";
    }
}
