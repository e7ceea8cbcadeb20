package io.roomcast.chat.internal.handler;

import static io.roomcast.chat.internal.handler.CommandPlan.NO_FIELDS;
import static io.roomcast.chat.internal.handler.CommandPlan.returning;
import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.GetMentions;
import io.roomcast.chat.command.GetMentions.Listed;
import io.roomcast.chat.command.GetUnread;
import io.roomcast.chat.command.RegisterDevice;
import io.roomcast.chat.command.SetPreferences;
import io.roomcast.chat.command.SetPrivacy;
import io.roomcast.chat.command.UnregisterDevice;
import io.roomcast.chat.internal.attention.PreferencesEditor;
import io.roomcast.chat.internal.attention.PrivacyEditor;
import io.roomcast.chat.internal.execution.WorkerPool;
import io.roomcast.chat.internal.push.Devices;
import io.roomcast.chat.internal.receipt.ConversationList;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.rule.FieldRules;
import io.roomcast.chat.internal.rule.ListPage;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.rule.TextRules;
import io.roomcast.chat.internal.session.Authorizer;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Draft;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MentionQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.PreferencesUpdate;
import io.roomcast.chat.model.Privacy;
import io.roomcast.chat.model.PrivacyUpdate;
import io.roomcast.chat.model.UserSettings;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes what users prefer and on which devices they are notified, and reads what a user has not read yet and the messages that mention the user. Blocks for the
 * store.
 */
final class AttentionHandler {
    /** The maximum number of messages that are read for one page. */
    private static final int MAX_READ = 500;

    private final PreferencesEditor editor;
    private final PrivacyEditor privacy;
    private final Devices devices;
    private final MembershipCache memberships;
    private final ChatStore store;
    private final ConversationList conversations;
    private final Authorizer authorizer;
    private final CommandPlan.Preparation<Object> receiving;
    private final WorkerPool workers;
    private final Clock clock;

    AttentionHandler(ChatParts parts, ConversationList conversations) {
        this.editor = parts.attention().preferences();
        this.privacy = parts.attention().privacy();
        this.devices = parts.devices();
        this.memberships = parts.rooms().membershipCache();
        this.store = parts.settings().store();
        this.conversations = conversations;
        this.authorizer = parts.sessions().authorizer();
        this.receiving = CommandPlan.receiving(parts.rooms().cluster());
        this.workers = parts.execution().workers();
        this.clock = parts.settings().clock();
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans(Rules rules) {
        return List.of(
                CommandPlan.concurrent(SetPreferences.class, rules.attention()::preferences, returning(this::set)),
                CommandPlan.concurrent(SetPrivacy.class, NO_FIELDS, returning(this::set)),
                CommandPlan.concurrent(
                        RegisterDevice.class,
                        rules.devices()::register,
                        returning((command, context) -> devices.register(command, context.requireUser()))),
                CommandPlan.concurrent(
                        UnregisterDevice.class,
                        rules.devices()::unregister,
                        returning((command, context) -> devices.unregister(command, context.requireUser()))),
                CommandPlan.concurrent(
                                GetUnread.class,
                                NO_FIELDS,
                                returning((command, context) -> conversations.totals(context.requireUser())))
                        .preparedBy(receiving),
                CommandPlan.concurrent(
                        GetMentions.class, command -> FieldRules.pageSize(command.limit()), this::mentions));
    }

    SetPreferences.Changed set(SetPreferences command, CommandContext context) {
        String userId = context.requireUser();
        String conversationId = command.conversationId();
        if (!memberships.exists(conversationId)) {
            throw ChatException.of(ErrorCode.CONVERSATION_NOT_FOUND);
        }
        if (command.changed().isEmpty()) {
            return new SetPreferences.Changed(
                    store.preferences(userId, List.of(conversationId)).getOrDefault(conversationId, Preferences.NONE));
        }
        PreferencesUpdate update = new PreferencesUpdate(
                userId, conversationId, command.changed(), stored(command.values()), command.draftBefore());
        Preferences now = editor.change(update);
        context.afterPublishing(() -> editor.announce(update, now, context.session()));
        return new SetPreferences.Changed(now);
    }

    SetPrivacy.Changed set(SetPrivacy command, CommandContext context) {
        String userId = context.requireUser();
        PrivacyUpdate update = new PrivacyUpdate(userId, command.readReceipts(), command.typing(), command.presence());
        if (update.equals(new PrivacyUpdate(userId, null, null, null))) {
            return new SetPrivacy.Changed(store.settings(List.of(userId))
                    .getOrDefault(userId, UserSettings.NONE)
                    .privacy());
        }
        Privacy now = privacy.change(update);
        context.afterPublishing(() -> privacy.announce(update));
        return new SetPrivacy.Changed(now);
    }

    /** Returns the values with the time of the draft. An empty draft is none. */
    private Preferences stored(Preferences values) {
        return Preferences.NONE.with(Set.of(Preference.values()), values).withDraft(stored(values.draft()));
    }

    private @Nullable Draft stored(@Nullable Draft draft) {
        if (draft == null) {
            return null;
        }
        String content = TextRules.withoutControls(draft.content());
        return content.isEmpty() && draft.replyTo() == null
                ? null
                : new Draft(content, draft.replyTo(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    CompletionStage<Listed> mentions(GetMentions command, CommandContext context) {
        int limit = ListPage.limit(command.limit(), GetMentions.DEFAULT_LIMIT, GetMentions.MAX_LIMIT);
        MentionQuery query = new MentionQuery(context.requireUser(), command.after(), limit + 1);
        return new Page(context, limit).read(query);
    }

    /** Reads messages until the page is full. Used by one thread at a time. */
    private final class Page {
        private final CommandContext context;
        private final int limit;
        private final List<Message> found = new ArrayList<>();
        private final Map<String, CompletionStage<Boolean>> readable = new HashMap<>();
        private int read;

        private Page(CommandContext context, int limit) {
            this.context = context;
            this.limit = limit;
        }

        private CompletionStage<Listed> read(MentionQuery query) {
            List<Message> batch = store.mentions(query);
            read += batch.size();
            CompletableFuture<?>[] answers = batch.stream()
                    .map(message -> readable.computeIfAbsent(message.conversationId(), this::isReadable)
                            .toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new);
            return workers.thenApply(CompletableFuture.allOf(answers), done -> next(query, batch))
                    .thenCompose(Function.identity());
        }

        private CompletionStage<Listed> next(MentionQuery query, List<Message> batch) {
            for (Message message : batch) {
                if (found.size() == limit) {
                    return ended(MentionQuery.Cursor.of(found.get(limit - 1)));
                }
                if (requireNonNull(readable.get(message.conversationId()))
                        .toCompletableFuture()
                        .join()) {
                    found.add(message);
                }
            }
            if (batch.size() < query.limit()) {
                return ended(null);
            }
            MentionQuery.Cursor last = MentionQuery.Cursor.of(batch.get(batch.size() - 1));
            return read < MAX_READ ? read(query.after(last)) : ended(last);
        }

        private CompletionStage<Listed> ended(MentionQuery.@Nullable Cursor next) {
            return CompletableFuture.completedFuture(new Listed(found, next));
        }

        /** Asks the access policy. */
        private CompletionStage<Boolean> isReadable(String conversationId) {
            try {
                return authorizer
                        .authorize(context, Action.READ, List.of(conversationId))
                        .handle((permitted, refusal) -> refusal == null || isOther(refusal));
            } catch (ChatException refusal) {
                return CompletableFuture.completedFuture(isOther(refusal));
            }
        }

        /** Returns false for a refusal. Throws any other failure, of which the policy has not decided. */
        private boolean isOther(Throwable refusal) {
            ChatException failure = ChatException.from(refusal);
            if (failure.code() != ErrorCode.FORBIDDEN) {
                throw new CompletionException(failure);
            }
            return false;
        }
    }
}
