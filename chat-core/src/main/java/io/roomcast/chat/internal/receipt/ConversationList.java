package io.roomcast.chat.internal.receipt;

import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetConversations.Entry;
import io.roomcast.chat.command.GetConversations.Listed;
import io.roomcast.chat.command.GetUnread;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationFilter;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.MentionCountQuery;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.UserSettings;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads pages of a user's conversations with what the user has read and prefers. Blocks for the store. */
public final class ConversationList {
    /** The number of conversations that are read with one call to find unread ones. */
    private static final int STEP = 100;

    /** The maximum number of conversations that are read for one page of unread ones. */
    private static final int MAX_READ = 1_000;

    private final ChatStore store;
    private final ReceiptTracker receipts;
    private final Clock clock;

    /** Creates a reader. */
    public ConversationList(ChatStore store, ReceiptTracker receipts, Clock clock) {
        this.store = store;
        this.receipts = receipts;
        this.clock = clock;
    }

    /**
     * Returns a page of the user's conversations.
     *
     * @param limit the maximum number of conversations, at least 1
     */
    public Listed page(String userId, GetConversations command, int limit) {
        ConversationQuery query = new ConversationQuery(userId, command.after(), limit + 1);
        return command.filter() == ConversationFilter.UNREAD
                ? unread(query.withLimit(STEP), limit)
                : page(command.filter() == null ? query : restricted(query, command.filter()), limit);
    }

    private Listed page(ConversationQuery query, int limit) {
        List<Conversation> found = store.conversations(query);
        boolean hasMore = found.size() > limit;
        List<Conversation> page = hasMore ? found.subList(0, limit) : found;
        return new Listed(
                entries(query.userId(), page), hasMore ? page.get(limit - 1).cursor() : null);
    }

    private ConversationQuery restricted(ConversationQuery query, ConversationFilter filter) {
        UserSettings settings = store.settings(List.of(query.userId())).getOrDefault(query.userId(), UserSettings.NONE);
        return switch (filter) {
            case FAVORITES -> query.only(matching(settings, Preferences::favorite));
            case ARCHIVED -> query.only(matching(settings, Preferences::archived));
            default -> query.except(matching(settings, Preferences::archived));
        };
    }

    private static Set<String> matching(UserSettings settings, Predicate<Preferences> wanted) {
        Set<String> ids = new HashSet<>();
        settings.preferences().forEach((id, preferences) -> {
            if (wanted.test(preferences)) {
                ids.add(id);
            }
        });
        return ids;
    }

    /** Ends a page early if few of many conversations are unread. The next page continues where this one ends. */
    private Listed unread(ConversationQuery first, int limit) {
        List<Entry> found = new ArrayList<>();
        ConversationQuery query = first;
        ConversationQuery.@Nullable Cursor last = null;
        boolean hasMore = true;
        for (int read = 0; hasMore && found.size() < limit && read < MAX_READ; read += STEP) {
            List<Conversation> page = store.conversations(query);
            hasMore = page.size() == STEP;
            for (Entry entry : entries(first.userId(), page)) {
                if (found.size() == limit) {
                    hasMore = true;
                    break;
                }
                last = entry.conversation().cursor();
                if (entry.unread() > 0) {
                    found.add(entry);
                }
            }
            query = first.after(last);
        }
        return new Listed(found, hasMore ? last : null);
    }

    /** Counts what is unread in the conversations that are neither muted nor archived. */
    public GetUnread.Totals totals(String userId) {
        Instant now = clock.instant();
        long[] totals = new long[3];
        ConversationQuery query = new ConversationQuery(userId, null, STEP);
        boolean hasMore = true;
        while (hasMore) {
            List<Conversation> page = store.conversations(query);
            hasMore = page.size() == STEP;
            query = hasMore ? query.after(page.get(STEP - 1).cursor()) : query;
            for (Entry entry : entries(userId, page)) {
                if (!entry.preferences().archived() && !entry.preferences().isMuted(now)) {
                    totals[0] += Math.min(1, entry.unread());
                    totals[1] += entry.unread();
                    totals[2] += entry.unreadMentions();
                }
            }
        }
        return new GetUnread.Totals(totals[0], totals[1], totals[2]);
    }

    /**
     * Returns the number of unread messages in each of the user's conversations that has some and is neither muted nor
     * archived, up to the {@value #MAX_READ} most recently active ones.
     */
    public Map<String, Long> unread(String userId) {
        Instant now = clock.instant();
        Map<String, Long> unread = new HashMap<>();
        ConversationQuery query = new ConversationQuery(userId, null, STEP);
        boolean hasMore = true;
        for (int read = 0; hasMore && read < MAX_READ; read += STEP) {
            List<Conversation> page = store.conversations(query);
            hasMore = page.size() == STEP;
            query = hasMore ? query.after(page.get(STEP - 1).cursor()) : query;
            for (Entry entry : unreadIn(userId, page)) {
                if (entry.unread() > 0
                        && !entry.preferences().archived()
                        && !entry.preferences().isMuted(now)) {
                    unread.put(entry.conversation().conversationId(), entry.unread());
                }
            }
        }
        return unread;
    }

    /** Returns what the user prefers in the conversation, or null for the host and for an anonymous client. */
    public @Nullable Preferences preferences(@Nullable String userId, Conversation conversation) {
        String id = conversation.conversationId();
        return userId == null ? null : store.preferences(userId, List.of(id)).getOrDefault(id, Preferences.NONE);
    }

    /** Returns the conversations with what the user has read and prefers in them. */
    private List<Entry> entries(String userId, List<Conversation> page) {
        return withMentions(userId, unreadIn(userId, page));
    }

    private List<Entry> unreadIn(String userId, List<Conversation> page) {
        if (page.isEmpty()) {
            return List.of();
        }
        List<String> ids = page.stream().map(Conversation::conversationId).toList();
        Map<String, Long> readSeqs = receipts.readSeqs(userId, ids);
        Map<String, Preferences> preferences = store.preferences(userId, ids);
        return page.stream()
                .map(found -> entry(
                        found,
                        readSeqs.getOrDefault(found.conversationId(), 0L),
                        preferences.getOrDefault(found.conversationId(), Preferences.NONE)))
                .toList();
    }

    /** Counts the mentions among the unread messages of all conversations that have some. */
    private List<Entry> withMentions(String userId, List<Entry> entries) {
        List<MentionCountQuery> queries = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.unread() > 0) {
                String id = entry.conversation().conversationId();
                queries.add(
                        new MentionCountQuery(userId, id, entry.preferences().notUnread(entry.readSeq())));
            }
        }
        Iterator<Long> counts = (queries.isEmpty() ? List.<Long>of() : store.countMentions(queries)).iterator();
        return entries.stream()
                .map(entry -> entry.unread() > 0 ? entry.withMentions(counts.next()) : entry)
                .toList();
    }

    private static Entry entry(Conversation conversation, long readSeq, Preferences preferences) {
        long latestSeq = conversation.position().seq();
        long unread = Math.max(0, latestSeq - preferences.notUnread(readSeq));
        return new Entry(conversation, readSeq, unread, 0, preferences);
    }
}
