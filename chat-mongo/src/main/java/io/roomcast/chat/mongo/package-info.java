/**
 * Stores conversations and messages in MongoDB. Start at {@link io.roomcast.chat.mongo.MongoChatStore}, the only public
 * type.
 *
 * <p>There are six collections, and their fields have the names of the wire protocol:
 *
 * <ul>
 *   <li>{@code messages}: one document for each message. In each conversation, {@code seq} counts 1, 2, 3, …
 *   <li>{@code changes}: one document for each edit, deletion and reaction, written before the message is changed. In each
 *       conversation, {@code version} counts 1, 2, 3, …
 *   <li>{@code conversations}: one document for each conversation, with a preview of its newest message.
 *   <li>{@code members}: one document for each user in each conversation.
 *   <li>{@code receipts}: one document for each user in each conversation, with the highest sequence numbers delivered
 *       and read.
 *   <li>{@code meta}: the epoch, the cluster's key, the schema version, and the lease of a migration.
 * </ul>
 *
 * <p>On a sharded cluster, messages, changes and receipts are sharded by conversation, and members by user. Run the
 * commands in {@code shard.js}, beside this package's classes, with {@code mongosh} before the first start. The unique
 * indexes allow no other shard keys.
 *
 * <p>All classes log under the name of {@code MongoChatStore}, so that one setting controls the store's log.
 */
@NullMarked
package io.roomcast.chat.mongo;

import org.jspecify.annotations.NullMarked;
