package io.roomcast.chat.internal.session;

import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers recently revoked, removed and erased users, so that this also applies to those who are being authenticated meanwhile,
 * and to sessions on nodes that were disconnected. Safe for use by any thread; never blocks.
 *
 * <p>Revocations, removals and the starts of authentications are numbered in one order. The numbers are times in
 * nanoseconds, of which no two are equal, so that another node can say how long ago a revocation was.
 */
public final class RecentRevocations {
    /** Longer than an authentication can take, including the time until its session is open. */
    private static final Duration TTL = Duration.ofMinutes(2);

    /** How long a node may be disconnected and still learn of a revocation. */
    private static final Duration MEMORY = Duration.ofHours(1);

    /** By how much two nodes may differ about the time of one removal. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    private static final int MAX_ENTRIES = 100_000;

    private record Removal(String conversationId, String userId) {}

    private final LongSupplier nanos;
    private final AtomicLong last;
    private final Map<Key, Long> starts = new ConcurrentHashMap<>();
    private final ReferenceQueue<Principal> unreachable = new ReferenceQueue<>();
    private final TtlCache<String, Long> revoked;
    private final TtlCache<Removal, Long> removed;

    /** The removals that other nodes may have missed. */
    private final TtlCache<Removal, Long> announced;

    private final TtlCache<String, Long> erased;

    public RecentRevocations(Clock clock) {
        this(clock, System::nanoTime);
    }

    RecentRevocations(Clock clock, LongSupplier nanos) {
        this.nanos = nanos;
        last = new AtomicLong(nanos.getAsLong());
        revoked = new TtlCache<>(clock, MEMORY, MAX_ENTRIES, number -> 1);
        removed = new TtlCache<>(clock, TTL, MAX_ENTRIES, number -> 1);
        announced = new TtlCache<>(clock, MEMORY, MAX_ENTRIES, number -> 1);
        erased = new TtlCache<>(clock, MEMORY, MAX_ENTRIES, number -> 1);
    }

    private long next() {
        return last.updateAndGet(before -> Math.max(before + 1, nanos.getAsLong()));
    }

    /** Records that an authentication starts. Returns its number, which {@link #admit} needs. */
    long startAuthentication() {
        return next();
    }

    /**
     * Admits a user who has been authenticated.
     *
     * @param start the number of the authentication's start
     * @return a copy of the principal; this very object identifies the authentication in later calls
     * @throws ChatException {@link ErrorCode#UNAUTHENTICATED} if the user was revoked meanwhile
     */
    Principal admit(Principal authenticated, long start) {
        Principal admitted = new Principal(
                authenticated.userId(), authenticated.attributes(), authenticated.expiresAt(), authenticated.service());
        forgetUnreachable();
        starts.put(new Key(admitted, unreachable), start);
        if (isRevoked(admitted)) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        return admitted;
    }

    private void forgetUnreachable() {
        for (Reference<?> old = unreachable.poll(); old != null; old = unreachable.poll()) {
            starts.remove(old);
        }
    }

    /** Records that the user is revoked; called before the user's sessions end. */
    void revoke(String userId) {
        revoked.merge(userId, next(), Math::max);
    }

    /** Records that another node revoked the user some time ago. */
    void revoke(String userId, Duration ago) {
        if (ago.compareTo(MEMORY) < 0) {
            revoked.merge(userId, next() - ago.toNanos(), Math::max);
        }
    }

    /** Returns the users that were revoked in the last hour, and how long ago. */
    public Map<String, Duration> recent() {
        return recent(revoked);
    }

    /** Returns the users that were erased in the last hour, and how long ago. */
    public Map<String, Duration> recentErasures() {
        return recent(erased);
    }

    private Map<String, Duration> recent(TtlCache<String, Long> users) {
        long now = next();
        Map<String, Duration> recent = new HashMap<>();
        users.entries().forEach((userId, at) -> recent.put(userId, Duration.ofNanos(now - at)));
        recent.values().removeIf(ago -> ago.compareTo(MEMORY) >= 0);
        return recent;
    }

    /** Records that the user is erased. */
    public void erase(String userId) {
        erased.merge(userId, next(), Math::max);
    }

    /**
     * Records that another node erased the user some time ago. Returns whether this is new: this node may have been
     * connected at that time.
     */
    public boolean erase(String userId, Duration ago) {
        long at = next() - ago.toNanos();
        boolean isNew = isNew(ago, at, erased.getIfPresent(userId));
        if (isNew) {
            erased.merge(userId, at, Math::max);
        }
        return isNew;
    }

    /** Returns the users that were removed from rooms in the last hour, by room, and how long ago. */
    public Map<String, Map<String, Duration>> recentRemovals() {
        long now = next();
        Map<String, Map<String, Duration>> recent = new HashMap<>();
        announced.entries().forEach((removal, at) -> {
            Duration ago = Duration.ofNanos(now - at);
            if (ago.compareTo(MEMORY) < 0) {
                recent.computeIfAbsent(removal.conversationId(), id -> new HashMap<>())
                        .put(removal.userId(), ago);
            }
        });
        return recent;
    }

    /** Records that the user is removed from a room; called before the user's sessions leave it. */
    public void remove(String conversationId, String userId) {
        record(new Removal(conversationId, userId), next());
    }

    /**
     * Records that another node removed the user from a room some time ago. Returns whether this is new: this node may have
     * removed the user at that time as well.
     */
    public boolean remove(String conversationId, String userId, Duration ago) {
        Removal removal = new Removal(conversationId, userId);
        long at = next() - ago.toNanos();
        boolean isNew = isNew(ago, at, announced.getIfPresent(removal));
        if (isNew) {
            record(removal, at);
        }
        return isNew;
    }

    private static boolean isNew(Duration ago, long at, @Nullable Long known) {
        return ago.compareTo(MEMORY) < 0 && (known == null || known < at - TOLERANCE.toNanos());
    }

    private void record(Removal removal, long at) {
        removed.merge(removal, at, Math::max);
        announced.merge(removal, at, Math::max);
    }

    /** Returns whether the user was revoked since the authentication of this principal started. */
    boolean isRevoked(Principal principal) {
        return principal
                .knownUserId()
                .map(revoked::getIfPresent)
                .filter(at -> isSince(principal, at))
                .isPresent();
    }

    /** Returns whether the authentication of this principal started after the user was revoked. */
    boolean isAdmittedSince(Principal principal) {
        return starts.containsKey(new Key(principal, unreachable)) && !isRevoked(principal);
    }

    /** Returns whether the user was removed from the room since the authentication of this principal started. */
    public boolean isRemoved(Principal principal, String conversationId) {
        return principal
                .knownUserId()
                .map(userId -> removed.getIfPresent(new Removal(conversationId, userId)))
                .filter(at -> isSince(principal, at))
                .isPresent();
    }

    /** Returns whether the authentication of this principal started after the user was removed from the room. */
    public boolean isAdmittedSinceRemoval(Principal principal, String conversationId) {
        return starts.containsKey(new Key(principal, unreachable)) && !isRemoved(principal, conversationId);
    }

    private boolean isSince(Principal principal, long at) {
        Long start = starts.get(new Key(principal, unreachable));
        return start != null && at > start;
    }

    int size() {
        return starts.size() + revoked.size() + removed.size() + announced.size() + erased.size();
    }

    /** Identifies a principal by object identity, for as long as the object is reachable. */
    private static final class Key extends WeakReference<Principal> {
        private final int hash;

        Key(Principal principal, ReferenceQueue<Principal> unreachable) {
            super(principal, unreachable);
            hash = System.identityHashCode(principal);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || (other instanceof Key key && refersTo(key));
        }

        private boolean refersTo(Key key) {
            Principal principal = get();
            return principal != null && key.refersTo(principal);
        }
    }
}
