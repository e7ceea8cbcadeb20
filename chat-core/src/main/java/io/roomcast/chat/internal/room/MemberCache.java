package io.roomcast.chat.internal.room;

import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The members of lively conversations and how far they have read, kept for a while; safe for use by any thread. */
public final class MemberCache {
    /** Members of all rosters together. */
    private static final int MOST = 500_000;

    private final TtlCache<String, Map<String, Long>> answers;
    private final ChatStore store;
    private final MembershipCache memberships;

    public MemberCache(ChatStore store, MembershipCache memberships, Clock clock) {
        this.store = store;
        this.memberships = memberships;
        this.answers = new TtlCache<>(clock, MembershipCache.LIFE, MOST, roster -> roster.size() + 1);
    }

    /** How far each member had read a while ago; nobody for an open conversation. Blocks where that is not known. */
    public Map<String, Long> roster(String conversationId) {
        Map<String, Long> known = answers.find(conversationId);
        return known == null ? ask(conversationId) : known;
    }

    private Map<String, Long> ask(String conversationId) {
        long drops = answers.drops();
        List<Member> members = store.members(conversationId);
        Map<String, Long> roster = members.isEmpty() ? Map.of() : read(conversationId, members);
        answers.keep(conversationId, roster, drops);
        return roster;
    }

    private Map<String, Long> read(String conversationId, List<Member> members) {
        Map<String, Long> roster = new HashMap<>();
        members.forEach(member -> roster.put(member.userId(), 0L));
        for (Receipt receipt : store.receipts(conversationId)) {
            if (receipt.kind() == Receipt.Kind.READ) {
                roster.computeIfPresent(receipt.userId(), (userId, none) -> receipt.upToSeq());
            }
        }
        return Map.copyOf(roster);
    }

    /**
     * Returns whether the others need the user's receipts: for a member, and for any user in an open conversation. May
     * block.
     */
    public boolean counts(String conversationId, String userId) {
        return memberships.isMember(conversationId, userId) || memberships.isOpen(conversationId);
    }

    /** Forgets a conversation whose members were changed; to be called once the store has changed them. */
    public void changed(String conversationId) {
        answers.drop(conversationId);
    }

    /** Forgets the conversations that a user was a member of. */
    public void forget(String userId) {
        answers.dropAllOf(roster -> roster.containsKey(userId));
    }

    public void close() {
        answers.clear();
    }

    public int size() {
        return answers.size();
    }
}
