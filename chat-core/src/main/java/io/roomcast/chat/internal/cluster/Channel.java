package io.roomcast.chat.internal.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A channel of the bus. Also names the entries of the same conversation or user. Immutable.
 *
 * @param type what the channel is for
 * @param id the id of the conversation, user or node; empty for {@link Type#ALL}
 */
public record Channel(Type type, String id) {
    /** What a channel is for. */
    public enum Type {
        /** A conversation: subscribed to by the nodes with a session in its room. */
        CONVERSATION("c:"),
        /** A user: subscribed to by the nodes with a session or an observer of the user. */
        USER("u:"),
        /** A single node, for responses. */
        NODE("n:"),
        /** All nodes. */
        ALL("all");

        private final String prefix;

        Type(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final Channel EVERY_NODE = new Channel(Type.ALL, "");

    /** Returns the channel of a conversation. */
    public static Channel conversation(String conversationId) {
        return new Channel(Type.CONVERSATION, conversationId);
    }

    /** Returns the channel of a user. */
    public static Channel user(String userId) {
        return new Channel(Type.USER, userId);
    }

    /** Returns the channel of a node. */
    public static Channel node(NodeId node) {
        return new Channel(Type.NODE, node.toString());
    }

    /** Returns the channel of all nodes. */
    public static Channel all() {
        return EVERY_NODE;
    }

    /** Returns the channel with the given name, or null if there is none. */
    public static @Nullable Channel named(String name) {
        for (Type type : Type.values()) {
            if (name.startsWith(type.prefix)) {
                return new Channel(type, name.substring(type.prefix.length()));
            }
        }
        return null;
    }

    /** Returns the name on the bus. */
    public String name() {
        return type.prefix.concat(id);
    }
}
