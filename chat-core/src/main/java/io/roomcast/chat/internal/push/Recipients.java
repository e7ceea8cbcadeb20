package io.roomcast.chat.internal.push;

import io.roomcast.chat.model.Message;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the rest of the chat knows of the users who may receive notifications. All functions may block, and throw a {@link
 * io.roomcast.chat.model.ChatException} if they cannot find out now.
 *
 * @param members returns the members of a conversation, with the highest sequence number that each has read; both may be
 *     half a minute old
 * @param readSeq returns the highest sequence number that a user has read in a conversation
 * @param notified returns those of some users who wish to be notified of a message
 * @param called returns those of some users who wish to be notified of calls in a conversation
 * @param connected returns those of some users who have a session on any node
 * @param viewing returns those of some users who view a conversation on any node and are not away
 * @param mayRead returns whether a user may read a conversation
 * @param unread returns the number of a user's unread messages in each conversation that is neither muted nor archived
 * @param nameOf returns the name that a user, the first argument, sees of another one; null if there is none
 */
public record Recipients(
        Function<String, Map<String, Long>> members,
        BiFunction<String, String, Long> readSeq,
        BiFunction<Collection<String>, Message, Set<String>> notified,
        BiFunction<Collection<String>, String, Set<String>> called,
        Function<Collection<String>, Set<String>> connected,
        BiFunction<String, Collection<String>, Set<String>> viewing,
        BiPredicate<String, String> mayRead,
        Function<String, Map<String, Long>> unread,
        BiFunction<String, String, @Nullable String> nameOf) {}
