package io.roomcast.chat.internal.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What nodes exchange to work together; no client receives anything of it. Immutable. */
public sealed interface ControlEvent extends ClusterEvent {
    /**
     * This node lives. In the channel of all nodes, every few seconds.
     *
     * @param nodeName the name that the operator gave to the node
     * @param version the newest version of frames that the node reads
     * @param isDraining whether the node is about to stop
     */
    record Heartbeat(String nodeName, int version, boolean isDraining) implements ControlEvent {
        /** Rejects null. */
        public Heartbeat {
            requireNonNull(nodeName, "nodeName");
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /** This node stops now. In the channel of all nodes. */
    record NodeLeaving() implements ControlEvent {
        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * Cached settings of users are no longer valid. In the channel of all nodes.
     *
     * @param conversationId the conversation in which they changed
     * @param userIds the users to whom this applies
     * @param areRemoved whether the users are no longer members
     */
    record Invalidate(String conversationId, List<String> userIds, boolean areRemoved) implements ControlEvent {
        /** Copies the ids. */
        public Invalidate {
            requireNonNull(conversationId, "conversationId");
            userIds = List.copyOf(userIds);
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * Requests an action of other nodes. In the channel of a user or of all nodes. Each node responds, and carries out a
     * request only once.
     *
     * @param id the id of the request, random
     * @param conversationId the conversation, or null if the action needs none
     * @param userId the user, or null if the action needs none
     */
    record Request(
            long id,
            Action action,
            @Nullable String conversationId,
            @Nullable String userId) implements ControlEvent {
        /** What is requested. */
        public enum Action {
            /** End the user's sessions. */
            REVOKE,
            /** Remove the user's sessions from the room. */
            KICK,
            /** Remove the user, who is no longer a member, from the room. */
            REMOVE_MEMBER,
            /** Apply the user's new role. */
            CHANGE_ROLE,
            /** Not used. */
            LIMIT_SESSIONS,
            /** Respond with the users that were revoked or removed from rooms in the last hour, and how long ago. */
            RECENT_REVOCATIONS,
            /** Compare all rooms with the store, because the requesting node may have lost frames. */
            RESYNC,
            /** Forget the user, who was erased. */
            FORGET_USER,
            /** Close the room of a conversation that the user, or the host if there is none, has deleted. */
            DELETE_CONVERSATION
        }

        /** Rejects null for required components. */
        public Request {
            requireNonNull(action, "action");
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * Responds to a request. In the channel of the node that made it.
     *
     * @param requestId the id of the request
     * @param userIds the users that the request asked for; else empty
     */
    record Response(long requestId, List<String> userIds) implements ControlEvent {
        /** Copies the ids. */
        public Response {
            userIds = List.copyOf(userIds);
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * Answers a request that asks for something. In the channel of the node that made it.
     *
     * @param requestId the id of the request
     * @param items what was asked for, or a part of it
     */
    record Answer(long requestId, List<Item> items) implements ControlEvent {
        private static final int MAX_BYTES_PER_CHAR = 3;
        private static final int BYTES_PER_ITEM = 12;
        private static final int MAX_BYTES = 40_000;
        private static final char DIVIDER = '\n';
        private static final String ERASED = "\n\n";

        /**
         * A part of an answer.
         *
         * @param id the id of a user; or the ids of a room and a user, divided by a line feed, which no id contains; or the
         *     id of an erased user after two line feeds
         * @param since the time that has passed since something happened to it
         */
        public record Item(String id, Duration since) {
            /** Rejects null. */
            public Item {
                requireNonNull(id, "id");
                requireNonNull(since, "since");
            }

            /** Returns an item about a user in a room. */
            public static Item ofRoom(String conversationId, String userId, Duration since) {
                return new Item(conversationId + DIVIDER + userId, since);
            }

            /** Returns an item about a user who was erased. */
            public static Item ofErasure(String userId, Duration since) {
                return new Item(ERASED + userId, since);
            }

            /** Returns whether the item is about a user who was erased. */
            public boolean isErasure() {
                return id.startsWith(ERASED);
            }

            /** Returns the id of the room, or null if the item is about the user in all rooms. */
            public @Nullable String conversationId() {
                int divider = isErasure() ? -1 : id.indexOf(DIVIDER);
                return divider < 0 ? null : id.substring(0, divider);
            }

            /** Returns the id of the user. */
            public String userId() {
                return id.substring(id.lastIndexOf(DIVIDER) + 1);
            }

            private int maxBytes() {
                return BYTES_PER_ITEM + MAX_BYTES_PER_CHAR * id.length();
            }
        }

        /** Copies the items. */
        public Answer {
            items = List.copyOf(items);
        }

        /** Returns one or more answers with all items, each of which fits into a frame. */
        public static List<Answer> of(long requestId, List<Item> items) {
            List<Answer> answers = new ArrayList<>();
            List<Item> next = new ArrayList<>();
            int bytes = 0;
            for (Item item : items) {
                bytes += item.maxBytes();
                if (bytes > MAX_BYTES) {
                    answers.add(new Answer(requestId, next));
                    next = new ArrayList<>();
                    bytes = item.maxBytes();
                }
                next.add(item);
            }
            answers.add(new Answer(requestId, next));
            return answers;
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * The sessions of a user on this node. In the channel of the user.
     *
     * @param asks whether other nodes with sessions of the user send theirs
     * @param sessions the sessions, of which those with the highest ranks end first
     */
    record UserSessions(String userId, boolean asks, List<RankedSession> sessions) implements ControlEvent {
        /** A session, and its rank. */
        public record RankedSession(String id, long rank) {
            /** Rejects null. */
            public RankedSession {
                requireNonNull(id, "id");
            }
        }

        /** Copies the sessions. */
        public UserSessions {
            requireNonNull(userId, "userId");
            sessions = List.copyOf(sessions);
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }

    /**
     * Requests the node that holds a value to keep it on the bus now. In the channel of all nodes. That node alone
     * answers, after it has done so.
     *
     * @param requestId the id of the request, random
     * @param key the hash of the secret that identifies the value
     * @param ownerId the user to whom the value must belong, or null for an anonymous client
     */
    record Release(long requestId, String key, @Nullable String ownerId) implements ControlEvent {
        /** Rejects null for required components. */
        public Release {
            requireNonNull(key, "key");
        }

        @Override
        public <A> void accept(Visitor<A> visitor, A argument) {
            visitor.visit(this, argument);
        }
    }
}
