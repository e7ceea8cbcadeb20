package io.roomcast.chat.mongo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** Rewrites the error texts in a server's reply. */
final class ErrorTextRewriter implements UnaryOperator<byte[]> {
    /** The length of the header, the flags, and the kind of the only section. */
    private static final int PREFIX = 21;

    private static final int OP_MSG = 2013;
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final UnaryOperator<String> rewriting;

    ErrorTextRewriter(UnaryOperator<String> rewriting) {
        this.rewriting = rewriting;
    }

    @Override
    public byte[] apply(byte[] message) {
        ByteBuffer header = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(12) != OP_MSG) {
            return message;
        }
        BsonDocument reply = read(Arrays.copyOfRange(message, PREFIX, message.length));
        return reply.containsKey("writeErrors") ? rewritten(message, reply) : message;
    }

    private byte[] rewritten(byte[] message, BsonDocument reply) {
        for (BsonValue error : reply.getArray("writeErrors")) {
            String text = error.asDocument().getString("errmsg").getValue();
            error.asDocument().put("errmsg", new BsonString(rewriting.apply(text)));
        }
        byte[] body = write(reply);
        return ByteBuffer.allocate(PREFIX + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(PREFIX + body.length)
                .put(message, Integer.BYTES, PREFIX - Integer.BYTES)
                .put(body)
                .array();
    }

    private static BsonDocument read(byte[] body) {
        try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(body))) {
            return CODEC.decode(reader, DecoderContext.builder().build());
        }
    }

    private static byte[] write(BsonDocument reply) {
        try (BasicOutputBuffer out = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            CODEC.encode(writer, reply, EncoderContext.builder().build());
            return out.toByteArray();
        }
    }
}
