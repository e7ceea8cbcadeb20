package io.roomcast.chat;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.internal.ChatRuntime;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ChatStats;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The chat without any transport: runs commands for sessions, and for the host itself.
 *
 * <p>An adapter {@linkplain #authenticate authenticates} a connection, {@linkplain #open opens} a session for it, runs
 * the session's commands, and {@linkplain #close(Session) closes} it. Host code calls the rest. Safe for use by any
 * thread.
 */
public final class ChatService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ChatRuntime runtime;
    private final ChatStore store;
    private final Limits limits;

    ChatService(ChatRuntime.Settings settings) {
        this.runtime = new ChatRuntime(settings);
        this.store = runtime.store();
        this.limits = settings.limits();
    }

    /** A builder for a chat; everything has a default. */
    public static ChatServiceBuilder builder() {
        return new ChatServiceBuilder();
    }

    /** The limits in force. */
    public Limits limits() {
        return limits;
    }

    /** The metrics of the chat, for adapters: what the host's own throw is logged, and never reaches the caller. */
    public ChatMetrics metrics() {
        return runtime.metrics();
    }

    /** What the chat has to do now, and has done since it began. Cheap; never blocks. */
    public ChatStats stats() {
        return runtime.stats();
    }

    /**
     * Authenticates a token. Without an authenticator every user is anonymous. Never blocks.
     *
     * <p>Replies arrive on threads that run no commands. A user who is revoked in the meantime is refused. Open the
     * session with this very principal object: then it ends at once if its user is revoked before it is open.
     *
     * @param token the token that the client sent, or null
     * @param reply gets the principal, or the reason for the refusal
     */
    public void authenticate(@Nullable String token, Reply<Principal> reply) {
        runtime.authenticate(token, requireNonNull(reply, "reply"));
    }

    /**
     * Lets the session join rooms; until then it hears nothing. Never blocks.
     *
     * <p>From now on its user is here. Where the principal's proof of identity ends, the session is told 60 s before, and
     * ended 25 s after, unless it brings a new one.
     *
     * @return what the adapter is to tell the session before all else
     */
    public SessionStarted open(Session session) {
        return runtime.open(requireNonNull(session, "session"));
    }

    /**
     * Puts an open session back into the rooms that its client was in before it lost its connection. Never blocks.
     *
     * <p>For each room that the policy permits, the session is told what it missed, as
     * {@link io.roomcast.chat.event.RoomSynced} pages, and then what happens, with nothing twice and nothing left out.
     * Where too much was missed, or the position means nothing any more, it is told so by
     * {@link io.roomcast.chat.event.SyncRequired} and hears only what is new. A room that it may not join is passed over.
     *
     * @throws ChatException if there are more rooms than {@link Limits#roomsPerSession()}
     */
    public void resume(Session session, Resume known) {
        requireNonNull(session, "session");
        if (requireNonNull(known, "known").rooms().size() > limits.roomsPerSession()) {
            throw ChatException.of(ErrorCode.ROOM_LIMIT);
        }
        runtime.resume(session, known);
    }

    /**
     * Puts the session out of its rooms for ever and ends its typing and looking; its user counts as being here for 10 s
     * more. Never blocks; a second call does nothing.
     *
     * @return the rooms that it was in
     */
    public Set<String> close(Session session) {
        return runtime.close(requireNonNull(session, "session"));
    }

    /**
     * Runs a command in a session's name. Never blocks.
     *
     * @param reply called exactly once, at the latest shortly after {@link Limits#commandTimeout()}
     * @param <R> what a success answers
     */
    public <R> void execute(Session session, Command<R> command, Reply<R> reply) {
        runtime.run(
                requireNonNull(session, "session"), requireNonNull(command, "command"), requireNonNull(reply, "reply"));
    }

    /**
     * Lets messages that the calling thread sends from now on begin together, once a turn of that thread, in place of one
     * by one: to wake another thread costs more than most of them do. For a transport's event loops, which wait for nothing: a
     * thread that waits for what it has sent in the same turn waits in vain. Has no effect where the host has given the
     * {@linkplain ChatServiceBuilder#executor executor}; a second call does nothing.
     *
     * @param caller runs tasks on the calling thread, behind those that it has already
     */
    public void gather(ScheduledExecutorService caller) {
        runtime.batchPerTick(requireNonNull(caller, "caller"));
    }

    /**
     * Runs a command in the host's name: no policy is asked, and whoever it names as its author is believed. Never
     * blocks; the future fails with a {@link ChatException}.
     *
     * @param <R> what a success answers
     */
    public <R> CompletableFuture<R> execute(Command<R> command) {
        CompletableFuture<R> outcome = new CompletableFuture<>();
        runtime.run(requireNonNull(command, "command"), new FutureReply<>(outcome, runtime.completions()));
        return outcome;
    }

    /**
     * Stores a message of the host's and tells the room. Never blocks; the future completes once the message is stored,
     * or fails with a {@link ChatException}.
     */
    public CompletableFuture<Message> send(String conversationId, NewMessage message) {
        SendMessage command = SendMessage.of(
                requireNonNull(conversationId, "conversationId"),
                requireNonNull(message, "message").senderId(),
                message.type(),
                message.content(),
                message.attachment(),
                message.clientMessageId());
        return execute(command).thenApply(SendMessage.Sent::message);
    }

    /**
     * Makes a conversation and tells its members, or answers the one that has its id already. Blocks for the store.
     *
     * @throws ChatException if an id is not allowed, there are too many members, or the store is away
     */
    public Conversation create(NewConversation conversation) {
        return runtime.create(requireNonNull(conversation, "conversation"));
    }

    /** The conversation with the given id. Blocks for the store. */
    public Optional<Conversation> conversation(String conversationId) {
        return store.conversation(requireNonNull(conversationId, "conversationId"));
    }

    /** A page of the conversations that a user is a member of, the most lively first. Blocks for the store. */
    public List<Conversation> conversations(ConversationQuery query) {
        return store.conversations(requireNonNull(query, "query"));
    }

    /**
     * Changes what a conversation is called, or its metadata, and tells its members. Blocks for the store.
     *
     * @param title the new name, or null to leave it
     * @param metadata the new metadata, a JSON object as text, or null to leave it
     * @throws ChatException {@link io.roomcast.chat.model.ErrorCode#CONVERSATION_NOT_FOUND} if there is none
     */
    public Conversation update(String conversationId, @Nullable String title, @Nullable String metadata) {
        return runtime.update(requireNonNull(conversationId, "conversationId"), title, metadata);
    }

    /**
     * Adds ordinary members and tells all members; those who are members stay as they are. Blocks for the store.
     *
     * @throws ChatException {@link io.roomcast.chat.model.ErrorCode#CONVERSATION_NOT_FOUND} if there is none,
     *     {@link io.roomcast.chat.model.ErrorCode#MEMBER_LIMIT} if they were too many, or
     *     {@link io.roomcast.chat.model.ErrorCode#FORBIDDEN} for a direct one
     */
    public Conversation addMembers(String conversationId, Set<String> userIds) {
        return runtime.addMembers(requireNonNull(conversationId, "conversationId"), Checks.set(userIds, "userIds"));
    }

    /**
     * Ends a user's membership and notifies the members and the user. Blocks for the store.
     *
     * <p>Removes the user's sessions on this server from the room, after the events that are already on their way
     * there. This server refuses the user from then on. Another server that shares the store does both within half a
     * minute. If the user owned the group, the admin with the longest membership becomes the owner. Without an admin it
     * is the member with the longest membership.
     *
     * @throws ChatException {@link io.roomcast.chat.model.ErrorCode#CONVERSATION_NOT_FOUND} if there is none; after any
     *     other code, repeat the call
     */
    public void removeMember(String conversationId, String userId) {
        runtime.removeMember(requireNonNull(conversationId, "conversationId"), requireNonNull(userId, "userId"));
    }

    /** Gives a member a role and tells the members; false if the user is no member. Blocks for the store. */
    public boolean changeRole(String conversationId, String userId, Role role) {
        return runtime.changeRole(
                requireNonNull(conversationId, "conversationId"),
                requireNonNull(userId, "userId"),
                requireNonNull(role, "role"));
    }

    /**
     * Puts a user's sessions on this server out of a room, and tells it; nothing keeps them from coming back but the access
     * policy. Never blocks.
     *
     * @throws ChatException if too much waits for the conversation
     */
    public void kick(String conversationId, String userId) {
        runtime.evict(requireNonNull(conversationId, "conversationId"), requireNonNull(userId, "userId"));
    }

    /**
     * Ends all sessions of a user on this server, and notifies them. Sessions that are being authenticated now end as
     * well. Never blocks.
     *
     * <p>Only the authenticator can keep the user from coming back later. It must refuse the user's tokens by now.
     */
    public void revoke(String userId) {
        runtime.revoke(requireNonNull(userId, "userId"));
    }

    /**
     * Deletes a conversation's oldest messages. Never blocks.
     *
     * <p>Waits until all messages in progress are stored and sent to the room. Later messages continue the sequence.
     * Clients are not notified; a page that they request later lacks the deleted messages. An unknown conversation has
     * none. Repeating the call is safe.
     *
     * @param upToSeq the highest sequence number to delete, from 0 to 2^53 - 1
     * @return a future that completes once the store has deleted the messages. It fails with a {@link ChatException}:
     *     {@link ErrorCode#INVALID_PAYLOAD} for an invalid id or number, {@link ErrorCode#STORAGE_UNAVAILABLE}, or
     *     {@link ErrorCode#TIMEOUT} if that takes longer than {@link Limits#commandTimeout()}
     */
    public CompletableFuture<Void> trim(String conversationId, long upToSeq) {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        runtime.trim(
                requireNonNull(conversationId, "conversationId"),
                upToSeq,
                new FutureReply<>(outcome, runtime.completions()));
        return outcome.thenAccept(done -> {});
    }

    /**
     * Erases a user. Never blocks.
     *
     * <p>Ends the user's sessions on this server and removes the user from all groups as
     * {@link #removeMember(String, String)} does. Removes the user from memory and has the store {@linkplain
     * ChatStore#eraseUser erase} the user. Repeats this after all work in progress has ended, so that no late write
     * brings the user's id back. Until then nothing can be done in the user's name.
     *
     * <p>The authenticator must refuse the user's tokens by now. A user who comes back later under the same id is a new
     * user. Other servers that share the store keep their memory for up to a minute. Erase the user there as well, or
     * repeat the call after that time.
     *
     * <p>Erasures run one after the other and take as long as the store needs. A second call for the same user joins
     * the first. The future completes once the user is erased. If the store did not finish, it fails with a
     * {@link ChatException} such as {@link ErrorCode#STORAGE_UNAVAILABLE}; a repeated call continues from there.
     *
     * @throws ChatException {@link ErrorCode#INVALID_PAYLOAD} if the id is not a valid user id
     */
    public CompletableFuture<Void> eraseUser(String userId) {
        return runtime.eraseUser(requireNonNull(userId, "userId"))
                .whenCompleteAsync((nothing, failure) -> {}, runtime.completions());
    }

    /** Answers true once the store has answered, and fails if it does not. Never blocks. */
    public void probe(Reply<Boolean> reply) {
        runtime.ping(requireNonNull(reply, "reply"));
    }

    /** Closes as {@link #close(Duration)} does, with five seconds of patience. */
    @Override
    public void close() {
        close(PATIENCE);
    }

    /**
     * Refuses new commands, waits for those on their way, answers the rest with
     * {@link io.roomcast.chat.model.ErrorCode#TIMEOUT}, and closes the store. Blocks; a second call does nothing.
     */
    public void close(Duration patience) {
        if (requireNonNull(patience, "patience").isNegative()) {
            throw new IllegalArgumentException("patience: " + patience + " (expected: zero or more)");
        }
        runtime.shutdown(patience);
    }

    /**
     * Completes the future on a thread kept for this: what follows it may itself wait for the chat, and the host's own threads
     * may all be waiting for futures.
     */
    private record FutureReply<R>(CompletableFuture<R> outcome, Executor executor) implements Reply<R> {
        @Override
        public void succeeded(R result) {
            later(() -> outcome.complete(result));
        }

        @Override
        public void failed(ChatException refusal) {
            later(() -> outcome.completeExceptionally(refusal));
        }

        /** Once the executor has ended nobody waits for anybody. */
        private void later(Runnable completion) {
            try {
                executor.execute(completion);
            } catch (RejectedExecutionException ended) {
                completion.run();
            }
        }
    }
}
