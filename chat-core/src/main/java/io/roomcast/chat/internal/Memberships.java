package io.roomcast.chat.internal;

import io.roomcast.chat.model.Member;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.ConversationStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * Who belongs to which conversation, asked of the store and kept for a while; safe for use by any thread.
 *
 * <p>What this server changes is known at once; what another one changes, after {@link #LIFE} at the latest.
 */
final class Memberships implements AccessPolicy.Membership {
    static final Duration LIFE = Duration.ofSeconds(30);

    private static final int MOST = 100_000;

    private record Key(String conversationId, String userId) {}

    private final RecentAnswers<Key, Optional<Member>> answers;
    private final ConversationStore store;

    Memberships(ConversationStore store, Clock clock) {
        this.store = store;
        this.answers = new RecentAnswers<>(clock, LIFE, MOST, answer -> 1);
    }

    /** The user as a member, or empty for a stranger and where there is no such conversation; may block. */
    Optional<Member> member(String conversationId, String userId) {
        Key key = new Key(conversationId, userId);
        Optional<Member> known = answers.find(key);
        return known == null ? ask(key) : known;
    }

    private Optional<Member> ask(Key key) {
        long drops = answers.drops();
        Optional<Member> found = store.member(key.conversationId(), key.userId());
        answers.keep(key, found, drops);
        return found;
    }

    @Override
    public boolean isMember(String conversationId, String userId) {
        return member(conversationId, userId).isPresent();
    }

    /** Forgets what was known of users whose membership was changed; to be called once the store has changed it. */
    void changed(String conversationId, Collection<String> userIds) {
        userIds.forEach(userId -> answers.drop(new Key(conversationId, userId)));
    }

    void close() {
        answers.clear();
    }

    int size() {
        return answers.size();
    }
}
