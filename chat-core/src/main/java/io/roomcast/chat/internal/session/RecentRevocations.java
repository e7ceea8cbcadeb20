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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Remembers recent revocations and removals, so that they also apply to users who are being authenticated meanwhile.
 * Safe for use by any thread; never blocks.
 *
 * <p>Revocations and the beginnings of authentications are numbered in one order, which needs no clock.
 */
public final class RecentRevocations {
    /** Longer than an authentication can take, and the way from there to the open session. */
    private static final Duration LIFE = Duration.ofMinutes(2);

    private static final int MOST = 100_000;

    private record Kick(String conversationId, String userId) {}

    private final AtomicLong count = new AtomicLong();
    private final Map<Key, Long> beginnings = new ConcurrentHashMap<>();
    private final ReferenceQueue<Principal> gone = new ReferenceQueue<>();
    private final TtlCache<String, Long> revoked;
    private final TtlCache<Kick, Long> kicked;

    public RecentRevocations(Clock clock) {
        revoked = new TtlCache<>(clock, LIFE, MOST, number -> 1);
        kicked = new TtlCache<>(clock, LIFE, MOST, number -> 1);
    }

    /** Notes that an authentication begins. Returns the number that {@link #admit} needs. */
    long begin() {
        return count.get();
    }

    /**
     * Admits a user whose authentication began at the given time.
     *
     * @return the principal, as an object of its own by which it is known here
     * @throws ChatException {@link ErrorCode#UNAUTHENTICATED} if the user was revoked meanwhile
     */
    Principal admit(Principal owner, long begun) {
        Principal admitted = new Principal(owner.userId(), owner.attributes(), owner.expiresAt());
        forgetGone();
        beginnings.put(new Key(admitted, gone), begun);
        if (isRevoked(admitted)) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        return admitted;
    }

    private void forgetGone() {
        for (Reference<?> old = gone.poll(); old != null; old = gone.poll()) {
            beginnings.remove(old);
        }
    }

    /** Records that the user is revoked; called before the user's sessions are ended. */
    void revoke(String userId) {
        revoked.merge(userId, count.incrementAndGet(), Math::max);
    }

    /** Records that the user is removed from a room; called before the sessions are removed. */
    public void kick(String conversationId, String userId) {
        kicked.merge(new Kick(conversationId, userId), count.incrementAndGet(), Math::max);
    }

    /** Returns whether the user was revoked since the authentication of this principal began. */
    boolean isRevoked(Principal principal) {
        return principal
                .knownUserId()
                .map(revoked::getIfPresent)
                .filter(at -> isSince(principal, at))
                .isPresent();
    }

    /** Returns whether the user was removed from the room since the authentication of this principal began. */
    public boolean isKicked(Principal principal, String conversationId) {
        return principal
                .knownUserId()
                .map(userId -> kicked.getIfPresent(new Kick(conversationId, userId)))
                .filter(at -> isSince(principal, at))
                .isPresent();
    }

    private boolean isSince(Principal principal, long at) {
        Long begun = beginnings.get(new Key(principal, gone));
        return begun != null && at > begun;
    }

    int size() {
        return beginnings.size() + revoked.size() + kicked.size();
    }

    /** Identifies a principal by object identity, for as long as the object is reachable. */
    private static final class Key extends WeakReference<Principal> {
        private final int hash;

        Key(Principal principal, ReferenceQueue<Principal> gone) {
            super(principal, gone);
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
