package io.roomcast.chat.internal.rule;

/**
 * Checks the form of one type of command, without asking the store or the access policy. Safe for use by any thread;
 * never blocks.
 *
 * @param <C> the type of the command
 */
@FunctionalInterface
public interface Rule<C> {
    /**
     * Throws a {@link io.roomcast.chat.model.ChatException} for a form that no caller could be allowed.
     *
     * @param fromClient whether a client sends the command; otherwise the host does, which may do more
     */
    void check(C command, boolean fromClient);
}
