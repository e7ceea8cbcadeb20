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

/** An answer of a server as another engine words it. */
final class ErrorTextRewriter implements UnaryOperator<byte[]> {
    /** Header, flags, and the kind of the only section. */
    private static final int PREFIX = 21;

    private static final int OP_MSG = 2013;
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final UnaryOperator<String> wording;

    ErrorTextRewriter(UnaryOperator<String> wording) {
        this.wording = wording;
    }

    @Override
    public byte[] apply(byte[] message) {
        ByteBuffer header = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(12) != OP_MSG) {
            return message;
        }
        BsonDocument answer = read(Arrays.copyOfRange(message, PREFIX, message.length));
        return answer.containsKey("writeErrors") ? reworded(message, answer) : message;
    }

    private byte[] reworded(byte[] message, BsonDocument answer) {
        for (BsonValue error : answer.getArray("writeErrors")) {
            String text = error.asDocument().getString("errmsg").getValue();
            error.asDocument().put("errmsg", new BsonString(wording.apply(text)));
        }
        byte[] body = write(answer);
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

    private static byte[] write(BsonDocument answer) {
        try (BasicOutputBuffer out = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            CODEC.encode(writer, answer, EncoderContext.builder().build());
            return out.toByteArray();
        }
    }
}
