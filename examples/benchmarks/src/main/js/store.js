// Stores messages as the original does: increments the conversation's counter, then inserts the message.
import { MongoClient } from "mongodb";

export async function connect(uri) {
  const client = await new MongoClient(uri, { ignoreUndefined: true }).connect();
  const conversations = client.db().collection("conversations");
  const messages = client.db().collection("messages");
  await messages.createIndex({ conversationId: 1, seq: 1 }, { unique: true });

  return async function addMessage(data) {
    const message = {
      senderId: data.senderId,
      content: data.content,
      type: data.type ?? "text",
      fileUrl: data.fileUrl,
      fileName: data.fileName,
      createdAt: new Date(),
    };
    const { seq } = await conversations.findOneAndUpdate(
      { _id: data.conversationId },
      { $inc: { seq: 1 }, $set: { lastMessage: message } },
      { upsert: true, returnDocument: "after" },
    );
    const stored = { ...message, conversationId: data.conversationId, seq };
    await messages.insertOne(stored);
    return stored;
  };
}
