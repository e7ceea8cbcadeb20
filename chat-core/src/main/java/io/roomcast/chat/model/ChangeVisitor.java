package io.roomcast.chat.model;

/**
 * Handles changes, with one method for each type. A store that uses a visitor does not compile if it misses a type.
 *
 * @param <R> the result
 */
public interface ChangeVisitor<R> {
    /** Handles an edit. */
    R visit(Change.Edit change);

    /** Handles a deletion. */
    R visit(Change.Delete change);

    /** Handles an added reaction. */
    R visit(Change.React change);

    /** Handles a removed reaction. */
    R visit(Change.Unreact change);
}
