// Shards the chat's collections. Run it once, before the first start, on a database without these collections:
//
//   mongosh "mongodb://mongos.example.com/chat" shard.js
//
// Messages, changes and receipts are sharded by conversation, because their unique indexes begin with conversationId.
// The key is hashed to distribute new conversations. Members and preferences are sharded by user, because each
// connection reads the user's list of conversations.

const name = db.getName();

sh.enableSharding(name);
sh.shardCollection(name + ".messages", { conversationId: "hashed" });
sh.shardCollection(name + ".changes", { conversationId: "hashed" });
sh.shardCollection(name + ".receipts", { conversationId: "hashed" });
sh.shardCollection(name + ".conversations", { _id: "hashed" });
sh.shardCollection(name + ".members", { userId: "hashed" });
sh.shardCollection(name + ".preferences", { userId: "hashed" });
sh.shardCollection(name + ".followers", { conversationId: "hashed" });
sh.shardCollection(name + ".devices", { _id: "hashed" });
sh.shardCollection(name + ".pushes", { _id: "hashed" });
sh.shardCollection(name + ".calls", { _id: "hashed" });

// The collection meta holds only a few documents and stays on the database's primary shard.
