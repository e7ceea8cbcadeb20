package io.roomcast.chat.mongo;

import java.util.Optional;

/** Brings the stored documents from the version before to the next one, in steps of bounded size. */
interface Migration {
    /** The version that the database has afterwards. */
    long version();

    /** The least version that a release must know to work on the database afterwards. */
    long minReader();

    /**
     * Does the next step. Any step may be done twice, as a node can die before its progress is stored.
     *
     * @param position where the step before ended; empty for the first one
     * @return where this step ended, or empty if it was the last one
     */
    Optional<String> step(String position);
}
