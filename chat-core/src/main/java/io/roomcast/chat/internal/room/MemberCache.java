package io.roomcast.chat.internal.room;

import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.ReceiptQuery;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Caches the members of active conversations and their read positions; safe for use by any thread. */
public final class MemberCache {
    /** The most members of all cached conversations together. */
    private static final int MAX_MEMBERS = 500_000;

    /** The number of users whose receipts are read with one call. */
    private static final int RECEIPTS_PAGE = 1_000;

    private final TtlCache<String, Map<String, Long>> readSeqs;
    private final ChatStore store;
    private final MembershipCache membershipCache;

    MemberCache(ChatStore store, MembershipCache membershipCache, Clock clock) {
        this.store = store;
        this.membershipCache = membershipCache;
        this.readSeqs = new TtlCache<>(clock, MembershipCache.LIFETIME, MAX_MEMBERS, members -> members.size() + 1);
    }

    /**
     * Returns the members by their ids, with the highest sequence number that each has read. Returns an empty map for an
     * open conversation. The result is at most {@link MembershipCache#LIFETIME} old. Blocks for the store if it is not
     * cached.
     */
    public Map<String, Long> readSeqs(String conversationId) {
        Map<String, Long> cached = readSeqs.getIfPresent(conversationId);
        return cached == null ? load(conversationId) : cached;
    }

    private Map<String, Long> load(String conversationId) {
        long invalidations = readSeqs.invalidations();
        List<Member> members = store.members(conversationId);
        Map<String, Long> loaded = members.isEmpty() ? Map.of() : loadReadSeqs(conversationId, members);
        readSeqs.putIfCurrent(conversationId, loaded, invalidations);
        return loaded;
    }

    private Map<String, Long> loadReadSeqs(String conversationId, List<Member> members) {
        Map<String, Long> loaded = new HashMap<>();
        members.forEach(member -> loaded.put(member.userId(), 0L));
        Optional<ReceiptQuery> query = Optional.of(ReceiptQuery.first(conversationId, RECEIPTS_PAGE));
        while (query.isPresent()) {
            List<Receipt> page = store.receipts(query.get());
            page.stream()
                    .filter(receipt -> receipt.kind() == Receipt.Kind.READ)
                    .forEach(read -> loaded.computeIfPresent(read.userId(), (userId, none) -> read.upToSeq()));
            query = query.get().next(page);
        }
        return Map.copyOf(loaded);
    }

    /**
     * Returns whether the others need the user's receipts: for a member, and for any user in an open conversation. May
     * block.
     */
    public boolean needsReceiptsOf(String conversationId, String userId) {
        return membershipCache.isMember(conversationId, userId) || membershipCache.isOpen(conversationId);
    }

    /** Removes a conversation whose members have changed; called after the store has changed them. */
    public void invalidate(String conversationId) {
        readSeqs.invalidate(conversationId);
    }

    /** Removes the conversations that the user is a member of. */
    public void invalidateUser(String userId) {
        readSeqs.invalidateValuesIf(members -> members.containsKey(userId));
    }

    /** Removes all conversations. */
    public void close() {
        readSeqs.clear();
    }

    /** Returns the number of cached conversations. */
    public int size() {
        return readSeqs.size();
    }
}
