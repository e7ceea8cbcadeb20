package io.roomcast.chat;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.event.SessionStarted;
import io.roomcast.chat.internal.ChatRuntime;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ReleaseListener;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Runs a chat without a transport. Transport adapters use this class; host code uses the {@link #service()}.
 *
 * <p>For each connection an adapter {@linkplain #authenticate authenticates} the client and {@linkplain #open opens} a
 * session. It then {@linkplain #execute executes} the session's commands and {@linkplain #close(Session) closes} the
 * session when the connection ends. A {@link io.roomcast.chat.spi.Broadcaster} receives the events for the sessions.
 *
 * <p>Safe for use by any thread. Only {@link #close()} and {@link #close(Duration)} block.
 */
public final class ChatEngine implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ChatRuntime runtime;
    private final Limits limits;
    private final ChatService service;

    ChatEngine(ChatRuntime.Settings settings) {
        this.runtime = new ChatRuntime(settings);
        this.limits = settings.limits();
        this.service = new ChatService(runtime, limits);
    }

    /** Returns a builder. Every setting has a default. */
    public static ChatEngineBuilder builder() {
        return new ChatEngineBuilder();
    }

    /** Returns the API for host code. It can neither open sessions nor close the chat. */
    public ChatService service() {
        return service;
    }

    /** Returns the limits in force. */
    public Limits limits() {
        return limits;
    }

    /** Returns the names of the host's own events, which have handlers. */
    public Set<String> events() {
        return runtime.events();
    }

    /** Returns the host's metrics. Exceptions that they throw are logged and never reach the caller. */
    public ChatMetrics metrics() {
        return runtime.metrics();
    }

    /**
     * Authenticates a token. Without an authenticator every client is anonymous.
     *
     * <p>The reply is called on a thread that runs no commands. It fails with {@link ErrorCode#UNAUTHENTICATED},
     * {@link ErrorCode#TOKEN_EXPIRED} or another code of the authenticator. If the host revokes the user meanwhile, it
     * fails as well. Use the same principal object for the session, not a copy: then a revocation between this reply
     * and {@link #open open} ends the session, too.
     *
     * @param token the token that the client sent, or null for none
     * @param reply receives the principal or the failure
     */
    public void authenticate(@Nullable String token, Reply<Principal> reply) {
        runtime.authenticate(token, requireNonNull(reply, "reply"));
    }

    /**
     * Opens a session. From then on it can join rooms and receives events, and its user counts as online.
     *
     * <p>If the principal expires, the session receives {@link io.roomcast.chat.event.TokenExpiring} 60 s before. 25 s
     * after the expiry the session ends, unless the client has refreshed its token.
     *
     * @return the event that the adapter must send to the client before all others
     */
    public SessionStarted open(Session session) {
        return runtime.open(requireNonNull(session, "session"));
    }

    /**
     * Rejoins the rooms that a client was in before it lost its connection.
     *
     * <p>For each room that the access policy permits, the session receives the missed events as
     * {@link io.roomcast.chat.event.RoomSynced} pages and then all new events, without a gap or a repeat. If it missed
     * more than five pages, or its position is no longer known, it receives
     * {@link io.roomcast.chat.event.SyncRequired} before the new events. Rooms that the policy refuses are
     * skipped. For each other room that the session is not returned to, it receives the event with the
     * {@linkplain io.roomcast.chat.event.SyncRequired#refusal() refusal}.
     *
     * @param session an open session
     * @param known the client's rooms and its position in each
     * @throws ChatException {@link ErrorCode#ROOM_LIMIT} if there are more rooms than {@link Limits#roomsPerSession()}
     */
    public void resume(Session session, Resume known) {
        requireNonNull(session, "session");
        if (requireNonNull(known, "known").rooms().size() > limits.roomsPerSession()) {
            throw ChatException.of(ErrorCode.ROOM_LIMIT);
        }
        runtime.resume(session, known);
    }

    /**
     * Closes a session: it leaves all rooms, and its typing and viewing states end. Its user stays online for another
     * 10 s. A second call has no effect.
     *
     * @return the ids of the rooms that the session was in
     */
    public Set<String> close(Session session) {
        return runtime.close(requireNonNull(session, "session"));
    }

    /**
     * Keeps a value until a node of the cluster takes it, such as the state of a lost connection whose client may
     * reconnect to another node. The bus stores a hash of the secret, and the value signed but not encrypted.
     *
     * @param secret identifies the value; long and random
     * @param value the bytes, which the caller does not change afterwards
     * @param life the time after which the value is deleted, at least 1 ms
     * @return false on a single node, and while the bus is not connected; the value is then not kept
     */
    public boolean keep(String secret, byte[] value, Duration life) {
        return runtime.keep(
                requireNonNull(secret, "secret"), requireNonNull(value, "value"), requireNonNull(life, "life"));
    }

    /**
     * Takes a value that a node has {@linkplain #keep kept}. Of several callers only one receives it. If none is kept, the
     * node that still holds the value is requested to keep it, by its {@linkplain #onRelease listener}.
     *
     * @param ownerId the user to whom the value must belong for that, or null for an anonymous client
     * @return completes on any thread: with the value; empty if there is none, and on a single node; or exceptionally
     *     while the bus is not connected
     */
    public CompletionStage<Optional<byte[]>> take(String secret, @Nullable String ownerId) {
        return runtime.take(requireNonNull(secret, "secret"), ownerId);
    }

    /** Sets the listener that keeps a value of this node when another node takes it. Default: none. */
    public void onRelease(ReleaseListener listener) {
        runtime.onRelease(requireNonNull(listener, "listener"));
    }

    /** Returns the store of the files that users upload; empty if they cannot upload. */
    public Optional<AttachmentStore> attachments() {
        return runtime.attachments();
    }

    /**
     * Returns a file to which a message refers, without asking the access policy. Blocks for the store.
     *
     * @throws ChatException {@link ErrorCode#UPLOAD_NOT_FOUND} if there is none
     */
    public StoredFile file(String fileId) {
        return runtime.file(requireNonNull(fileId, "fileId"));
    }

    /**
     * Does what a whole file still needs: the host's inspector checks it, and the chat sends its message if the upload began
     * with one. An adapter calls this when it has stored the last byte. Does nothing if bytes are missing, and nothing twice.
     *
     * @return completes on a thread where nothing may block, with the facts of the file when no step is left, or when one
     *     could not be taken now and the chat will try again; fails with {@link ErrorCode#UPLOAD_NOT_FOUND}, or if the
     *     store is unavailable
     */
    public CompletionStage<StoredFile> completeUpload(String uploadId) {
        return runtime.completeUpload(requireNonNull(uploadId, "uploadId"));
    }

    /**
     * Lets an upload expire later, and notifies the room that more bytes of the file are stored, if the chat is to send it.
     * An adapter calls this for each part that it stores: at most four events each second are sent for an upload, and eight
     * for a room. Blocks for the store, at most once a minute for each upload.
     *
     * @param file the facts of the file when its upload was found
     * @param loaded the number of bytes that are stored
     */
    public void uploadProgress(StoredFile file, long loaded) {
        runtime.uploadProgress(requireNonNull(file, "file"), loaded);
    }

    /**
     * Returns what a client learns of an upload to this server. Never blocks.
     *
     * @param file the facts of the file
     * @param offset the number of bytes that are stored
     */
    public StartUpload.Started upload(StoredFile file, long offset) {
        return runtime.upload(requireNonNull(file, "file"), offset);
    }

    /**
     * Returns a secret key for signed links to files. All nodes with the same store have the same key; with a store that
     * only one node can use, each call returns another one.
     */
    public byte[] linkKey() {
        return runtime.linkKey();
    }

    /**
     * Executes a command of a session.
     *
     * @param reply is called exactly once, shortly after {@link Limits#commandTimeout()} at the latest
     * @param <R> the result of a success
     */
    public <R> void execute(Session session, Command<R> command, Reply<R> reply) {
        runtime.run(
                requireNonNull(session, "session"), requireNonNull(command, "command"), requireNonNull(reply, "reply"));
    }

    /**
     * Batches the messages that the calling event loop submits and hands them to a worker once per tick, which saves a
     * thread wake-up for each message. A second call has no effect.
     *
     * <p>Call it on an event loop that never waits for a result: a thread that waits for a message of the same tick
     * deadlocks until the command times out. Has no effect if the host has set an
     * {@linkplain ChatEngineBuilder#executor executor}.
     *
     * @param loop runs tasks on the calling thread, after the tasks that it has already accepted
     */
    public void batchPerTick(ScheduledExecutorService loop) {
        runtime.batchPerTick(requireNonNull(loop, "loop"));
    }

    /**
     * Prepares for moving the clients to other nodes: from now on a session that closes leaves its rooms 5 s later, and
     * no event is sent if its user is in the room on another node by then. Commands still run. Has no effect on a single
     * node, and none if called again.
     */
    public void startDraining() {
        runtime.startDraining();
    }

    /** Closes the chat as {@link #close(Duration)} does, with a timeout of 5 s. */
    @Override
    public void close() {
        close(CLOSE_TIMEOUT);
    }

    /**
     * Closes the chat and its store. Refuses new commands with {@link ErrorCode#SERVER_DRAINING} and waits for those in
     * progress. After the timeout the remaining commands fail with {@link ErrorCode#TIMEOUT}. Blocks. A second call has
     * no effect.
     *
     * @param timeout how long to wait for the commands in progress, zero or more
     */
    public void close(Duration timeout) {
        if (requireNonNull(timeout, "timeout").isNegative()) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: zero or more)");
        }
        runtime.shutdown(timeout);
    }
}
