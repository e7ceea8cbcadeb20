package io.roomcast.chat.mongo;

import java.util.Optional;

/** Migrates the stored documents from the previous version to the next one, in steps of bounded size. */
interface Migration {
    /** Returns the version of the database after this migration. */
    long version();

    /** Returns the lowest version that a release must know to work on the migrated database. */
    long minReader();

    /**
     * Runs the next step. A step may run twice, because a node can die before its progress is stored.
     *
     * @return where this step ended, or empty if it was the last one
     */
    Optional<String> step(String position);
}
