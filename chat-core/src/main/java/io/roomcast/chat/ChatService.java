package io.roomcast.chat;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.DeleteConversation;
import io.roomcast.chat.command.SendEvent;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.internal.ChatRuntime;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ChatStats;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.ChatFollower;
import io.roomcast.chat.spi.ChatStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The chat for host code: sends messages, manages conversations and members, and ends sessions of users.
 *
 * <p>The host is trusted. No access policy and no rate limiter applies to it, but its input is validated like that of a
 * client.
 *
 * <p><b>Which methods block.</b> A method that returns a {@link CompletableFuture} never blocks, and reports every
 * {@link ChatException} through the future. The future completes on a thread that is kept for host code, which may
 * block. The methods that read or change conversations return their result directly and block until the store has
 * answered, because hosts call them on request threads and need the result there:
 * {@link #create create}, {@link #conversation conversation}, {@link #conversations conversations},
 * {@link #update update}, {@link #addMembers addMembers}, {@link #removeMember removeMember} and
 * {@link #changeRole changeRole}. Do not call them on an event loop. Where a command exists, such as
 * {@link io.roomcast.chat.command.GetConversation}, {@link #execute execute} does the same without blocking. All other
 * methods return immediately.
 *
 * <p>Safe for use by any thread. Blocking methods throw {@link ChatException} with
 * {@link ErrorCode#STORAGE_UNAVAILABLE} if the store cannot be reached and nothing was stored, and with
 * {@link ErrorCode#TIMEOUT} if the outcome is unknown.
 */
public final class ChatService {
    private static final Pattern FOLLOWER_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final ChatRuntime runtime;
    private final ChatStore store;
    private final Limits limits;
    private final Attention attention;

    ChatService(ChatRuntime runtime, Limits limits) {
        this.runtime = runtime;
        this.store = runtime.store();
        this.limits = limits;
        this.attention = new Attention(runtime);
    }

    /** Returns what decides who wishes to be notified of a message. */
    public Attention attention() {
        return attention;
    }

    /** Returns the limits in force. */
    public Limits limits() {
        return limits;
    }

    /** Returns the current load and the totals since the start. Cheap enough to call every second. */
    public ChatStats stats() {
        return runtime.stats();
    }

    /**
     * Executes a command of the host, without the access policy. The author that the command names, as
     * {@link SendMessage#senderId()} does, counts as its author without a check.
     *
     * @param <R> the result of a success
     * @return a future that fails with a {@link ChatException}
     */
    public <R> CompletableFuture<R> execute(Command<R> command) {
        FutureReply<R> reply = new FutureReply<>(runtime.completions());
        runtime.run(requireNonNull(command, "command"), reply);
        return reply.future();
    }

    /**
     * Stores a message and sends it to the room. An unknown conversation is created as an open one.
     *
     * @return a future that completes with the stored message, or fails with a {@link ChatException}
     */
    public CompletableFuture<Message> send(String conversationId, NewMessage message) {
        requireNonNull(conversationId, "conversationId");
        MessageBody body = requireNonNull(message, "message").body();
        SendMessage command = new SendMessage(
                conversationId,
                message.senderId(),
                body.type(),
                body.content(),
                body.attachments(),
                message.clientMessageId(),
                body.replyTo(),
                body.mentions(),
                body.metadata(),
                message.expiresIn(),
                message.ifLatestSeq(),
                body.customType());
        return execute(command).thenApply(SendMessage.Sent::message);
    }

    /**
     * Sends an event of the host's own to all sessions in a room, on all servers of the {@linkplain
     * ChatEngineBuilder#cluster cluster}. Clients receive it as {@link io.roomcast.chat.event.CustomEventSent}. It is not
     * stored, so a client that is disconnected, or reads too slowly, misses it.
     *
     * @param name the name of the event: 1 to {@value io.roomcast.chat.model.FixedLimits#EVENT_NAME_LENGTH} letters and
     *     digits of ASCII, dots, hyphens and underscores
     * @param json a JSON value as text, at most {@value io.roomcast.chat.model.FixedLimits#EVENT_DATA_LENGTH} UTF-16
     *     units, or null for none
     * @return a future that completes once the event is on its way; it fails with {@link ErrorCode#INVALID_PAYLOAD} for an
     *     invalid id, name or value, and with {@link ErrorCode#PAYLOAD_TOO_LARGE} for a value that is too long
     */
    public CompletableFuture<Void> sendEvent(String conversationId, String name, @Nullable String json) {
        SendEvent command =
                SendEvent.of(requireNonNull(conversationId, "conversationId"), requireNonNull(name, "name"), json);
        return execute(command).thenAccept(sent -> {});
    }

    /**
     * Sends an event of the host's own to all sessions of some users, as {@link #sendEvent} does to those in a room. The
     * users need not be in any room.
     *
     * @param userIds the users, at most {@value io.roomcast.chat.model.FixedLimits#EVENT_RECIPIENTS}
     * @return a future as of {@link #sendEvent}
     */
    public CompletableFuture<Void> sendEventToUsers(Collection<String> userIds, String name, @Nullable String json) {
        Set<String> recipients = Checks.set(userIds, "userIds");
        requireNonNull(name, "name");
        return onAllServers(() -> {
            runtime.sendToUsers(recipients, name, json);
            return CompletableFuture.completedFuture(null);
        });
    }

    /**
     * Sets or removes an annotation of a message, such as a link preview, a translation or a label, and sends it to the
     * room. Only the host annotates messages. Annotations outlast edits of the message, and end with its deletion.
     *
     * <p>A message has at most {@value io.roomcast.chat.model.FixedLimits#ANNOTATIONS} annotations, which have at most
     * {@value io.roomcast.chat.model.FixedLimits#ANNOTATIONS_LENGTH} UTF-16 units together.
     *
     * @param key what the annotation is: 1 to {@value io.roomcast.chat.model.FixedLimits#ANNOTATION_KEY_LENGTH} letters,
     *     digits, dots, hyphens and underscores; an annotation with the same key is replaced
     * @param json a JSON object as text, or null to remove the annotation
     * @return a future that completes with the message after the change. It fails with {@link
     *     ErrorCode#MESSAGE_NOT_FOUND} if the message does not exist or is deleted, {@link ErrorCode#PAYLOAD_TOO_LARGE} if
     *     it would have too many annotations or too long ones, or {@link ErrorCode#INVALID_PAYLOAD} for an invalid value
     */
    public CompletableFuture<Message> annotate(
            String conversationId, String messageId, String key, @Nullable String json) {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(messageId, "messageId");
        requireNonNull(key, "key");
        FutureReply<Message> reply = new FutureReply<>(runtime.completions());
        runtime.annotate(conversationId, messageId, key, json, reply);
        return reply.future();
    }

    /**
     * Creates a conversation and notifies its members. If the id is taken, returns the existing conversation unchanged
     * and sends no event. Blocks for the store.
     *
     * @throws ChatException {@link ErrorCode#INVALID_PAYLOAD} for an invalid id, title or metadata, or
     *     {@link ErrorCode#MEMBER_LIMIT} for more members than {@link Limits#members()}
     */
    public Conversation create(NewConversation conversation) {
        return runtime.create(requireNonNull(conversation, "conversation"));
    }

    /** Returns the conversation with the given id, or empty if there is none. Blocks for the store. */
    public Optional<Conversation> conversation(String conversationId) {
        return store.conversation(requireNonNull(conversationId, "conversationId"));
    }

    /** Returns a page of a user's conversations, the most recently active first. Blocks for the store. */
    public List<Conversation> conversations(ConversationQuery query) {
        return store.conversations(requireNonNull(query, "query"));
    }

    /**
     * Changes the title or the metadata of a conversation and notifies its members. Blocks for the store.
     *
     * @param title the new title, or null to keep the current one
     * @param metadata the new metadata, a JSON object as text, or null to keep the current one
     * @return the conversation after the change
     * @throws ChatException {@link ErrorCode#CONVERSATION_NOT_FOUND} if the conversation does not exist, or
     *     {@link ErrorCode#INVALID_PAYLOAD} for an invalid value
     */
    public Conversation update(String conversationId, @Nullable String title, @Nullable String metadata) {
        return runtime.update(requireNonNull(conversationId, "conversationId"), title, metadata);
    }

    /**
     * Adds users to a group as ordinary members and notifies all members. Existing members keep their role. Blocks for
     * the store.
     *
     * @return the conversation after the change
     * @throws ChatException {@link ErrorCode#CONVERSATION_NOT_FOUND} if the conversation does not exist,
     *     {@link ErrorCode#MEMBER_LIMIT} if the group would exceed {@link Limits#members()}, or
     *     {@link ErrorCode#FORBIDDEN} for a direct conversation
     */
    public Conversation addMembers(String conversationId, Set<String> userIds) {
        return runtime.addMembers(requireNonNull(conversationId, "conversationId"), Checks.set(userIds, "userIds"));
    }

    /**
     * Ends a user's membership and notifies the members and the user. Blocks for the store.
     *
     * <p>Removes the user's sessions on all servers of the {@linkplain ChatEngineBuilder#cluster cluster} from the room,
     * after the events that are already on their way there. These servers refuse the user from then on. If one does not
     * respond within 2 s, the call fails with {@link ErrorCode#TIMEOUT}. Any other server that shares the store does both
     * within half a minute. If the user owned the group, the admin with the longest membership becomes the owner. Without an admin it
     * is the member with the longest membership.
     *
     * @throws ChatException {@link ErrorCode#CONVERSATION_NOT_FOUND} if the conversation does not exist; after any other
     *     code, repeat the call
     */
    public void removeMember(String conversationId, String userId) {
        runtime.removeMember(requireNonNull(conversationId, "conversationId"), requireNonNull(userId, "userId"));
    }

    /**
     * Changes a member's role and notifies the members. Blocks for the store.
     *
     * @return false if the user is not a member
     */
    public boolean changeRole(String conversationId, String userId, Role role) {
        return runtime.changeRole(
                requireNonNull(conversationId, "conversationId"),
                requireNonNull(userId, "userId"),
                requireNonNull(role, "role"));
    }

    /**
     * Deletes a conversation for ever, with its messages, members and receipts, and notifies the members and the sessions
     * in the room. All later requests in it fail with {@link ErrorCode#CONVERSATION_NOT_FOUND}, and its id cannot be used
     * again. The store may remove the messages later, but no request finds them.
     *
     * <p>The other servers of the {@linkplain ChatEngineBuilder#cluster cluster} follow without a wait, and any other
     * server that shares the store within half a minute.
     *
     * @return a future that completes once the conversation is deleted. It fails with a {@link ChatException}: {@link
     *     ErrorCode#CONVERSATION_NOT_FOUND} if there is no such conversation, {@link ErrorCode#FORBIDDEN} if it is a
     *     direct one, or {@link ErrorCode#TIMEOUT} if the outcome is unknown
     */
    public CompletableFuture<Void> deleteConversation(String conversationId) {
        return execute(new DeleteConversation(conversationId)).thenAccept(deleted -> {});
    }

    /**
     * Removes a user's sessions from a room, on all servers of the {@linkplain ChatEngineBuilder#cluster cluster}, and
     * notifies the room. The user can rejoin unless the access policy refuses it.
     *
     * @return a future that completes once all servers have accepted that; it fails with {@link
     *     ErrorCode#INVALID_PAYLOAD} for an invalid id, with {@link ErrorCode#RATE_LIMITED} if the queue of the
     *     conversation is full, and with {@link ErrorCode#TIMEOUT} if a server does not respond within 2 s
     */
    public CompletableFuture<Void> kick(String conversationId, String userId) {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
        return onAllServers(() -> runtime.evict(conversationId, userId));
    }

    private CompletableFuture<Void> onAllServers(Supplier<CompletableFuture<Void>> action) {
        try {
            return action.get().whenCompleteAsync((nothing, failure) -> {}, runtime.completions());
        } catch (ChatException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    /**
     * Ends all sessions of a user on all servers of the {@linkplain ChatEngineBuilder#cluster cluster}, and notifies
     * them. Sessions that are being authenticated now end as well.
     *
     * <p>The user's devices no longer receive push notifications, until they are registered again.
     *
     * <p>The user can connect again with any token that the authenticator accepts. To prevent this, let the
     * authenticator refuse the user's tokens before you call this method.
     *
     * <p>A server that is disconnected from the others ends the sessions when it is connected again, at most an hour later.
     *
     * @return a future that completes once all servers have ended the sessions; it fails with {@link
     *     ErrorCode#INVALID_PAYLOAD} for an invalid id, with {@link ErrorCode#TIMEOUT} if a server does not respond within
     *     2 s, whose cause names the servers, and with {@link ErrorCode#STORAGE_UNAVAILABLE} if the devices could not be
     *     removed
     */
    public CompletableFuture<Void> revoke(String userId) {
        requireNonNull(userId, "userId");
        return onAllServers(() -> runtime.revoke(userId));
    }

    /**
     * Deletes a conversation's oldest messages.
     *
     * <p>Waits until all messages in progress are stored and sent to the room. Later messages continue the sequence.
     * Clients are not notified, but pages that they request later do not contain the deleted messages. Has no effect on
     * an unknown conversation. Repeating the call is safe.
     *
     * @param upToSeq the highest sequence number to delete, from 0 to 2^53 - 1
     * @return a future that completes once the store has deleted the messages. It fails with a {@link ChatException}:
     *     {@link ErrorCode#INVALID_PAYLOAD} for an invalid id or number, {@link ErrorCode#STORAGE_UNAVAILABLE} if nothing
     *     was deleted, or {@link ErrorCode#TIMEOUT} if the outcome is unknown
     */
    public CompletableFuture<Void> trim(String conversationId, long upToSeq) {
        FutureReply<Boolean> reply = new FutureReply<>(runtime.completions());
        runtime.trim(requireNonNull(conversationId, "conversationId"), upToSeq, reply);
        return reply.future().thenAccept(done -> {});
    }

    /**
     * Notifies the chat that a user in the {@linkplain ChatEngineBuilder#users directory} changed. All servers of the
     * {@linkplain ChatEngineBuilder#cluster cluster} forget the user and look the user up again.
     *
     * <p>Clients in the rooms of the user's conversations, up to the 1,000 most recently active ones, and in the rooms that
     * the user is in receive {@link io.roomcast.chat.event.UserUpdated}. It contains what the directory shows to everyone.
     *
     * @return a future that completes once the clients of this server are notified; it fails with {@link
     *     ErrorCode#INVALID_PAYLOAD} for an invalid id, with {@link ErrorCode#NOT_SUPPORTED} without a directory, and with
     *     the code of the directory's or the store's failure; then no client is notified, but all servers forget the user
     */
    public CompletableFuture<Void> userChanged(String userId) {
        requireNonNull(userId, "userId");
        return onAllServers(() -> runtime.userChanged(userId));
    }

    /**
     * Erases a user: the user's sessions, memberships, content, reactions, receipts, settings and devices.
     *
     * <p>Ends the user's sessions on this server and removes the user from all groups as
     * {@link #removeMember(String, String)} does. Removes the user from memory and has the store {@linkplain
     * ChatStore#eraseUser erase} the user. Repeats this after all work in progress has ended, so that no late write
     * restores the user's id. Until then every command in the user's name is refused.
     *
     * <p>Let the authenticator refuse the user's tokens before you call this method. A user who connects later under
     * the same id is a new user. Other servers of a cluster forget the user at the same time. One that is disconnected from
     * the bus does so when it is connected again within an hour; it then erases the user again if a session of the user was
     * still open there. Servers that share the store without a bus may hold the user in memory for up to a minute: erase
     * the user there as well, or repeat the call after that time.
     *
     * <p>Erasures run one after the other and take as long as the store needs. A second call for the same user joins
     * the first.
     *
     * @return a future that completes once the user is erased; it fails with {@link ErrorCode#INVALID_PAYLOAD} for an
     *     invalid id, with {@link ErrorCode#STORAGE_UNAVAILABLE} if nothing was erased, or with a code such as
     *     {@link ErrorCode#TIMEOUT} if the store did not finish; then a repeated call continues
     */
    public CompletableFuture<Void> eraseUser(String userId) {
        requireNonNull(userId, "userId");
        try {
            return runtime.eraseUser(userId).whenCompleteAsync((nothing, failure) -> {}, runtime.completions());
        } catch (ChatException invalid) {
            return CompletableFuture.failedFuture(invalid);
        }
    }

    /**
     * Starts to pass every message and every change of a message to a follower, also those that are stored while no server
     * follows. Returns immediately.
     *
     * <p>The name identifies the follower in the store. A name that the store does not know begins now; with a known name
     * the follower continues where it stopped, on whichever server. If several servers that share the store follow under
     * one name, each conversation is handled by one of them at a time. If a server crashes, another one takes over its
     * conversations within about half a minute.
     *
     * @param name 1 to {@value io.roomcast.chat.model.FixedLimits#EVENT_NAME_LENGTH} letters and digits of ASCII, dots,
     *     hyphens and underscores
     * @return the follower, which ends with the chat
     * @throws IllegalArgumentException if the name is invalid, this server already has a follower of that name, or {@link
     *     ChatFollower#maxEvents} is less than 1
     * @throws IllegalStateException if the chat is closed
     */
    public Follower follow(String name, ChatFollower follower) {
        if (!FOLLOWER_NAME.matcher(requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException("name: " + name + " (expected: " + FOLLOWER_NAME + ")");
        }
        int maxEvents = requireNonNull(follower, "follower").maxEvents();
        if (maxEvents < 1) {
            throw new IllegalArgumentException("maxEvents: " + maxEvents + " (expected: >= 1)");
        }
        return new Follower(runtime.follow(name, follower));
    }

    /**
     * Checks whether the chat can serve: it is not closed, and its store answers. Use it for a readiness probe.
     *
     * @return a future that fails with a {@link ChatException} if not, within about {@link Limits#commandTimeout()}
     */
    public CompletableFuture<Void> ping() {
        FutureReply<Boolean> reply = new FutureReply<>(runtime.completions());
        runtime.ping(reply);
        return reply.future().thenAccept(ready -> {});
    }
}
