package io.roomcast.chat.socketio.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** One or a few commands, and what follows from their replies. The writer's thread calls the methods, once each. */
abstract class Operation {
    /** Returns the approximate number of bytes that the operation holds while it waits. */
    abstract int size();

    /** Writes the commands. Returns their number. */
    abstract int send(Connection connection);

    /** Handles the replies, which are no errors. */
    abstract void complete(List<Object> replies);

    /** Handles an error, or a connection that was lost before the replies. */
    abstract void fail();

    /** Returns the failure of a request that the bus cannot serve. */
    static ChatException unavailable() {
        return ChatException.of(ErrorCode.UNAVAILABLE);
    }

    static void send(Connection connection, Command command, byte[]... arguments) {
        CommandArguments sent = new CommandArguments(command);
        for (byte[] argument : arguments) {
            sent.add(argument);
        }
        connection.sendCommand(sent);
    }

    static byte[] number(long value) {
        return Long.toString(value).getBytes(UTF_8);
    }

    /** A published frame. */
    static final class Publish extends Operation {
        private final byte[] name;
        private final byte[] frame;
        private final Runnable onLost;

        Publish(byte[] name, byte[] frame, Runnable onLost) {
            this.name = name;
            this.frame = frame;
            this.onLost = onLost;
        }

        @Override
        int size() {
            return name.length + frame.length;
        }

        @Override
        int send(Connection connection) {
            send(connection, Command.PUBLISH, name, frame);
            return 1;
        }

        @Override
        void complete(List<Object> replies) {}

        @Override
        void fail() {
            onLost.run();
        }
    }

    /** A command whose result does not matter. */
    static final class Simple extends Operation {
        private final Command command;
        private final Runnable onLost;
        private final byte[][] arguments;

        Simple(Command command, byte[]... arguments) {
            this(command, () -> {}, arguments);
        }

        Simple(Command command, Runnable onLost, byte[]... arguments) {
            this.command = command;
            this.onLost = onLost;
            this.arguments = arguments;
        }

        @Override
        int size() {
            int size = 0;
            for (byte[] argument : arguments) {
                size += argument.length;
            }
            return size;
        }

        @Override
        int send(Connection connection) {
            send(connection, command, arguments);
            return 1;
        }

        @Override
        void complete(List<Object> replies) {}

        @Override
        void fail() {
            onLost.run();
        }
    }

    /** A request whose caller waits for the result. */
    abstract static class Request<T> extends Operation {
        private final CompletableFuture<T> result = new CompletableFuture<>();

        CompletableFuture<T> result() {
            return result;
        }

        abstract T resultOf(List<Object> replies);

        @Override
        final void complete(List<Object> replies) {
            result.complete(resultOf(replies));
        }

        @Override
        final void fail() {
            result.completeExceptionally(unavailable());
        }

        /** Reads the fields of a hash. */
        static Map<String, byte[]> fields(Object reply) {
            Map<String, byte[]> fields = new LinkedHashMap<>();
            Iterator<?> parts = ((List<?>) reply).iterator();
            while (parts.hasNext()) {
                fields.put(new String((byte[]) parts.next(), UTF_8), (byte[]) parts.next());
            }
            return fields;
        }
    }

    /** Takes a kept value. */
    static final class Take extends Request<Optional<byte[]>> {
        private final byte[] key;

        Take(byte[] key) {
            this.key = key;
        }

        @Override
        int size() {
            return key.length;
        }

        @Override
        int send(Connection connection) {
            send(connection, Command.GETDEL, key);
            return 1;
        }

        @Override
        Optional<byte[]> resultOf(List<Object> replies) {
            return Optional.ofNullable((byte[]) replies.get(0));
        }
    }

    /** Reads the entries under several keys. */
    static final class ReadEntries extends Request<Map<String, Map<String, byte[]>>> {
        private final Map<String, byte[]> keys;

        ReadEntries(Map<String, byte[]> keys) {
            this.keys = keys;
        }

        @Override
        int size() {
            return keys.values().stream().mapToInt(key -> key.length).sum();
        }

        @Override
        int send(Connection connection) {
            keys.values().forEach(key -> send(connection, Command.HGETALL, key));
            return keys.size();
        }

        @Override
        Map<String, Map<String, byte[]>> resultOf(List<Object> replies) {
            Map<String, Map<String, byte[]>> found = new LinkedHashMap<>();
            Iterator<Object> next = replies.iterator();
            for (String key : keys.keySet()) {
                Map<String, byte[]> entries = fields(next.next());
                if (!entries.isEmpty()) {
                    found.put(key, entries);
                }
            }
            return found;
        }
    }

    /** Removes a node's entry and reads the others, in one transaction. */
    static final class RemoveEntry extends Request<Map<String, byte[]>> {
        private static final int COMMANDS = 4;

        private final byte[] key;
        private final byte[] nodeId;

        RemoveEntry(byte[] key, byte[] nodeId) {
            this.key = key;
            this.nodeId = nodeId;
        }

        @Override
        int size() {
            return key.length + nodeId.length;
        }

        @Override
        int send(Connection connection) {
            send(connection, Command.MULTI);
            send(connection, Command.HDEL, key, nodeId);
            send(connection, Command.HGETALL, key);
            send(connection, Command.EXEC);
            return COMMANDS;
        }

        @Override
        Map<String, byte[]> resultOf(List<Object> replies) {
            List<?> results = (List<?>) replies.get(COMMANDS - 1);
            return fields(results.get(1));
        }
    }
}
