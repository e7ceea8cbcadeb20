// Shards the chat's collections. Once, before the first start, on a database without them:
//
//   mongosh "mongodb://mongos.example.com/chat" shard.js
//
// A conversation lives on one shard, since its order and its keys are held by unique indexes that begin with
// conversationId; hashed, so that new conversations spread. A user's list of conversations is asked for at each
// connection, so memberships lie by user.

const name = db.getName();

sh.enableSharding(name);
sh.shardCollection(name + ".messages", { conversationId: "hashed" });
sh.shardCollection(name + ".changes", { conversationId: "hashed" });
sh.shardCollection(name + ".receipts", { conversationId: "hashed" });
sh.shardCollection(name + ".conversations", { _id: "hashed" });
sh.shardCollection(name + ".members", { userId: "hashed" });

// The collection meta holds a handful of documents and stays on the database's primary shard.
