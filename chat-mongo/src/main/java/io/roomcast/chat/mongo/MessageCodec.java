package io.roomcast.chat.mongo;

import org.bson.BsonDocument;
import org.bson.BsonDocumentWriter;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;

/** Converts messages to and from documents. Omits null values, and skips unknown fields. Safe for use by any thread. */
final class MessageCodec implements Codec<StoredMessage> {
    @Override
    public Class<StoredMessage> getEncoderClass() {
        return StoredMessage.class;
    }

    @Override
    public void encode(BsonWriter writer, StoredMessage stored, EncoderContext context) {
        writer.writeStartDocument();
        MessageField.write(writer, stored);
        writer.writeEndDocument();
    }

    /** Returns the document of a message. */
    static BsonDocument document(StoredMessage stored) {
        BsonDocument document = new BsonDocument();
        BsonDocumentWriter writer = new BsonDocumentWriter(document);
        writer.writeStartDocument();
        MessageField.write(writer, stored);
        writer.writeEndDocument();
        return document;
    }

    @Override
    public StoredMessage decode(BsonReader reader, DecoderContext context) {
        MessageField.Values values = new MessageField.Values();
        BsonValues.eachField(reader, name -> values.read(name, reader));
        return values.toMessage();
    }
}
