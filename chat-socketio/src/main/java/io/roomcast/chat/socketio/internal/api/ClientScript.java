package io.roomcast.chat.socketio.internal.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Builds the JavaScript client as one file from its modules. Each module becomes a function that returns its exports. */
final class ClientScript {
    /** Each module follows those that it imports. */
    static final List<String> MODULES = List.of(
            "failure",
            "observable",
            "environment",
            "storage",
            "outbox",
            "connection",
            "receipts",
            "typing",
            "viewing",
            "activity",
            "timeline",
            "room-snapshot",
            "room",
            "inbox",
            "presence",
            "events",
            "roomcast");

    private static final String FOLDER = "/io/roomcast/chat/socketio/client/";
    private static final String EXPORTS = "export { connect, inMemory };\n";
    private static final Pattern IMPORT = Pattern.compile("^import .*?;\n", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern COMMENT =
            Pattern.compile("^ *(?:/\\*\\*.*?\\*/|//[^\n]*)\n", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern INLINE_TYPE = Pattern.compile("/\\*\\* @(?:type|param) [^\n]*?\\*/ ");
    private static final Pattern INDENTATION = Pattern.compile("^ +", Pattern.MULTILINE);
    private static final Pattern EXPORT = Pattern.compile("^export (?:const|function) (\\w+)", Pattern.MULTILINE);
    private static final Pattern KEYWORD = Pattern.compile("^export (\\{.*\n)?", Pattern.MULTILINE);

    private ClientScript() {}

    /** Reads the modules from the class path. Blocks. */
    static byte[] read() {
        return (MODULES.stream().map(ClientScript::module).collect(Collectors.joining()) + EXPORTS)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String module(String name) {
        String source = new String(file(name + ".js"), StandardCharsets.UTF_8);
        String exports =
                EXPORT.matcher(source).results().map(found -> found.group(1)).collect(Collectors.joining(", "));
        for (Pattern removed : List.of(IMPORT, INLINE_TYPE, COMMENT, KEYWORD, INDENTATION)) {
            source = removed.matcher(source).replaceAll("");
        }
        return "const { %1$s } = (() => {\n%2$sreturn { %1$s };\n})();\n".formatted(exports, source);
    }

    /** Reads a file of the client from the class path. Blocks. */
    static byte[] file(String name) {
        try (InputStream file = ClientScript.class.getResourceAsStream(FOLDER + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
