package io.roomcast.chat.internal;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.internal.handler.ChatParts;
import io.roomcast.chat.internal.handler.HandlerParts;
import io.roomcast.chat.internal.host.FollowerRunner;
import io.roomcast.chat.internal.host.HostParts;
import io.roomcast.chat.internal.port.Closer;
import io.roomcast.chat.internal.port.EventFunction;
import io.roomcast.chat.internal.port.HostSettings;
import io.roomcast.chat.internal.port.PushSettings;
import io.roomcast.chat.internal.port.ReadinessCheck;
import io.roomcast.chat.internal.session.HostSession;
import io.roomcast.chat.internal.session.SessionOpener;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ChatStats;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Permissions;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.Authenticator;
import io.roomcast.chat.spi.Broadcaster;
import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.ChatFollower;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.ClusterBus;
import io.roomcast.chat.spi.FileInspector;
import io.roomcast.chat.spi.MessageInterceptor;
import io.roomcast.chat.spi.PresencePolicy;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.chat.spi.ReleaseListener;
import io.roomcast.chat.spi.UserDirectory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Holds the parts of a running chat, and forwards each call of the public API to one of them. Safe for use by any
 * thread.
 */
public final class ChatRuntime {
    /**
     * The parts and settings of the host.
     *
     * @param authenticator authenticates tokens; null if every client is anonymous
     * @param events handles the host's own events, by their names
     * @param users the directory of users; null for none
     * @param attachments the store of files; null for none
     * @param push how push notifications are sent
     * @param calls what calls need; null if clients cannot call each other
     * @param executor runs commands; null for threads of the chat's own
     * @param scheduler runs timers; null for a thread of the chat's own
     */
    public record Settings(
            ChatStore store,
            @Nullable Authenticator authenticator,
            AccessPolicy accessPolicy,
            Permissions permissions,
            PresencePolicy presencePolicy,
            @Nullable UserDirectory users,
            @Nullable AttachmentStore attachments,
            FileInspector fileInspector,
            PushSettings push,
            @Nullable CallOptions calls,
            MessageInterceptor interceptor,
            RateLimiter rateLimiter,
            ChatListener listener,
            Broadcaster broadcaster,
            Limits limits,
            Clock clock,
            ChatMetrics metrics,
            ClusterBus cluster,
            String nodeName,
            Map<String, EventFunction> events,
            @Nullable Executor executor,
            @Nullable ScheduledExecutorService scheduler)
            implements HostSettings {}

    private static final int KEY_BYTES = 32;

    private final ChatParts parts;
    private final HandlerParts handlers;
    private final HostParts host;
    private final SessionOpener opener;
    private final CommandPipeline pipeline;
    private final ReadinessCheck readiness;

    /** Starts a chat: its timers, and the threads that the host does not supply. */
    public ChatRuntime(Settings settings) {
        parts = ChatParts.create(settings);
        handlers = HandlerParts.create(parts);
        host = HostParts.create(parts, handlers, parts.joins().pending()::restartAll);
        opener = new SessionOpener(parts.sessions().lifecycle(), host.erasure()::isErasing, parts.settings());
        pipeline = new CommandPipeline(parts, handlers, host.erasure()::isErasing);
        parts.onCommand(this::runInternally);
        readiness = new ReadinessCheck(store(), parts.ports().health());
        metrics().onStart(this::stats);
        parts.pushFollower().ifPresent(this::followForPush);
        openCluster(parts.settings());
        parts.startFiles(this::sendFile);
    }

    /** Sends the message of an upload. */
    private CompletionStage<Message> sendFile(Session session, SendMessage message) {
        CompletableFuture<Message> sent = new CompletableFuture<>();
        pipeline.runPermitted(session, message, new Reply<>() {
            @Override
            public void succeeded(SendMessage.Sent result) {
                sent.complete(result.message());
            }

            @Override
            public void failed(ChatException refusal) {
                sent.completeExceptionally(refusal);
            }
        });
        return sent;
    }

    private void openCluster(HostSettings settings) {
        if (settings.cluster().pollInterval().isPresent()) {
            byte[] key = settings.store().clusterKey().orElseThrow();
            parts.rooms().cluster().open(settings.cluster(), key, settings.nodeName(), settings.clock());
        }
    }

    private void followForPush(ChatFollower push) {
        FollowerRunner unused = host.followers().follow(ChatParts.PUSH_FOLLOWER, push);
        parts.startPush();
    }

    /** Runs a command of the chat's own; without a session in the name of the host. */
    private <R> void runInternally(@Nullable Session session, Command<R> command, Reply<R> reply) {
        pipeline.run(session == null ? HostSession.INSTANCE : session, command, reply);
    }

    /** Returns the store. Its calls are measured. */
    public ChatStore store() {
        return parts.settings().store();
    }

    /** Returns the names of the events that the host handles. */
    public Set<String> events() {
        return parts.settings().events().keySet();
    }

    /** Returns the host's metrics. Exceptions that they throw never reach the caller. */
    public ChatMetrics metrics() {
        return parts.settings().metrics();
    }

    /** Returns those of the users who wish to be notified of the message. */
    public Set<String> notified(Collection<String> userIds, Message message) {
        return parts.notified(userIds, message);
    }

    /** Returns the current load, and the totals since the start. */
    public ChatStats stats() {
        return parts.stats();
    }

    /** Returns the executor on which futures complete. */
    public Executor completions() {
        return parts.executors().completions();
    }

    /** Batches the commands of the calling event loop, unless the host has supplied the executor. */
    public void batchPerTick(ScheduledExecutorService loop) {
        if (parts.settings().executor() == null) {
            parts.execution().workers().batchPerTick(loop);
        }
    }

    /** Authenticates a token. */
    public void authenticate(@Nullable String token, Reply<Principal> reply) {
        parts.sessions().authentication().authenticate(token, reply);
    }

    /** Opens a session. Returns the first event for its client. */
    public SessionStarted open(Session session) {
        return opener.open(session);
    }

    /** Returns a session to the rooms that its client was in. */
    public void resume(Session session, Resume known) {
        pipeline.resume(session, known);
    }

    /** Closes a session. Returns the rooms that it was in. */
    public Set<String> close(Session session) {
        return parts.sessions().lifecycle().close(session);
    }

    /** Lets users connect to other nodes before their rooms are notified. */
    public void startDraining() {
        if (parts.rooms().others().mayExist()) {
            parts.sessions().lifecycle().startMoving();
        }
    }

    /** Runs a command of a session. */
    public <R> void run(Session session, Command<R> command, Reply<R> reply) {
        pipeline.run(session, command, reply);
    }

    /** Runs a command of the host. */
    public <R> void run(Command<R> command, Reply<R> reply) {
        pipeline.run(HostSession.INSTANCE, command, reply);
    }

    /** Creates a conversation, or returns the existing one with its id. */
    public Conversation create(NewConversation conversation) {
        return host.conversations().create(conversation);
    }

    /** Changes the title or the metadata of a conversation. */
    public Conversation update(String conversationId, @Nullable String title, @Nullable String metadata) {
        return host.conversations().update(conversationId, title, metadata);
    }

    /** Adds members to a conversation. */
    public Conversation addMembers(String conversationId, Collection<String> userIds) {
        return host.conversations().addMembers(conversationId, userIds);
    }

    /** Ends a membership, and removes the user's sessions from the room. */
    public void removeMember(String conversationId, String userId) {
        host.conversations().removeMember(conversationId, userId);
    }

    /** Gives a member a role. Returns false if the user is not a member. */
    public boolean changeRole(String conversationId, String userId, Role role) {
        return host.conversations().changeRole(conversationId, userId, role);
    }

    /** Removes a user's sessions from a room, on all nodes. */
    public CompletableFuture<Void> evict(String conversationId, String userId) {
        return host.conversations().evict(conversationId, userId);
    }

    /** Sends an event of the host to all sessions of some users, on all nodes. */
    public void sendToUsers(Collection<String> userIds, String name, @Nullable String data) {
        host.events().sendToUsers(userIds, name, data);
    }

    /** Deletes a conversation's messages up to a sequence number. */
    public void trim(String conversationId, long upToSeq, Reply<Boolean> reply) {
        host.history().trim(conversationId, upToSeq, reply);
    }

    /** Sets an annotation of a message, or removes it if the value is null. */
    public void annotate(
            String conversationId, String messageId, String key, @Nullable String json, Reply<Message> reply) {
        host.annotator().annotate(conversationId, messageId, key, json, reply);
    }

    /** Starts to pass all messages and changes to a follower. */
    public FollowerRunner follow(String name, ChatFollower follower) {
        return host.followers().follow(name, follower);
    }

    /** Ends all sessions of a user, on all nodes. */
    public CompletableFuture<Void> revoke(String userId) {
        return parts.revoke(userId);
    }

    /** Keeps a value until a node of the cluster takes it. Returns false if this is not possible now. */
    public boolean keep(String secret, byte[] value, Duration life) {
        return parts.rooms().cluster().keep(secret, value, life);
    }

    /** Takes a value that a node of the cluster has kept. */
    public CompletionStage<Optional<byte[]>> take(String secret, @Nullable String ownerId) {
        return parts.rooms().cluster().take(secret, ownerId);
    }

    /** Sets the part that keeps a value when another node takes it. */
    public void onRelease(ReleaseListener listener) {
        parts.rooms().cluster().onRelease(listener);
    }

    /** Forgets what the directory said about a user, and notifies clients. */
    public CompletableFuture<Void> userChanged(String userId) {
        return parts.userChanged(userId);
    }

    /** Returns the store of files; empty if clients cannot upload files. */
    public Optional<AttachmentStore> attachments() {
        return Optional.ofNullable(parts.settings().attachments());
    }

    /** Returns a file to which a message refers. Blocks. */
    public StoredFile file(String fileId) {
        return parts.file(fileId);
    }

    /** Does what a whole file still needs. */
    public CompletionStage<StoredFile> completeUpload(String uploadId) {
        return parts.completeUpload(uploadId);
    }

    /** Notifies the room of an upload's progress, and lets the upload expire later. May block for the store. */
    public void uploadProgress(StoredFile file, long loaded) {
        parts.uploadProgress(file, loaded);
    }

    /** Returns what a client learns of an upload. */
    public StartUpload.Started upload(StoredFile file, long offset) {
        return parts.upload(file, offset);
    }

    /** Returns the key with which this node signs links to files: that of the cluster if there are other nodes. */
    public byte[] linkKey() {
        return store().clusterKey().orElseGet(() -> {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            return key;
        });
    }

    /** Erases a user. */
    public CompletableFuture<Void> eraseUser(String userId) {
        return host.erasure().erase(userId);
    }

    /** Replies when the store has answered, or with the reason why it did not. */
    public void ping(Reply<Boolean> reply) {
        if (parts.execution().lanes().isClosed()) {
            reply.failed(ChatException.of(ErrorCode.SERVER_DRAINING));
        } else {
            readiness.check(parts.execution().timeouts().track(reply));
        }
    }

    /**
     * Refuses new commands, waits for those in progress, and closes all parts, also if one of them throws. A second
     * call has no effect.
     */
    public void shutdown(Duration timeout) {
        Closer.closeAll(
                () -> parts.execution().lanes().close(timeout),
                parts.execution().timeouts(),
                handlers.followUp(),
                host.erasure(),
                parts.receipts(),
                parts.attention(),
                parts.rooms().membershipCache()::close,
                host.followers(),
                parts::closePush,
                parts.listeners(),
                parts::closeCalls,
                parts.ports(),
                parts.rooms().cluster(),
                parts.executors(),
                parts::closeFiles,
                store());
    }
}
