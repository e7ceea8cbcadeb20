/**
 * The chat's durable state in MongoDB; start at {@link io.roomcast.chat.mongo.MongoChatStore}.
 *
 * <p>The stored documents have the names of the wire. Six collections: {@code messages}, one document each, in one dense
 * order for each conversation; {@code changes}, which edits, deletions and reactions are noted in before they are done,
 * in a dense order of their own, kept for 30 days; {@code conversations}, with the newest message of each;
 * {@code members}; {@code receipts}, how far each user has come; and {@code meta}.
 *
 * <p>On a sharded cluster, messages, changes and receipts belong together by conversation, and members by user. The
 * commands are in {@code shard.js} beside this package's classes, to be run once with {@code mongosh} before the first
 * start; our unique indexes fit those keys, and no others.
 */
@NullMarked
package io.roomcast.chat.mongo;

import org.jspecify.annotations.NullMarked;
