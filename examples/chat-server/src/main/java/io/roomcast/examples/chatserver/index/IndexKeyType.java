package io.roomcast.examples.chatserver.index;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.ValueComparator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/**
 * Stores the keys of an index in MongoDB's order of values, field by field. A key sorts before those that it begins.
 * Immutable.
 */
final class IndexKeyType extends BasicDataType<KeyValue> {
    private static final IndexKeyType INSTANCE = new IndexKeyType();

    private static final ObjectDataType VALUES = new ObjectDataType();
    private static final ValueComparator ORDER = ValueComparator.ascWithoutListHandling();
    private static final int OBJECT_BYTES = 48;

    private IndexKeyType() {}

    /** Opens a map from the keys of an index to the documents' positions. Creates it if it does not exist. */
    static MVMap<KeyValue, Object> open(MVStore store, String name) {
        return store.openMap(name, new MVMap.Builder<KeyValue, Object>().keyType(INSTANCE));
    }

    @Override
    public int compare(KeyValue one, KeyValue other) {
        int common = Math.min(one.size(), other.size());
        for (int i = 0; i < common; i++) {
            int order = ORDER.compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    @Override
    public int getMemory(KeyValue key) {
        return OBJECT_BYTES + key.stream().mapToInt(VALUES::getMemory).sum();
    }

    @Override
    public void write(WriteBuffer out, KeyValue key) {
        out.putVarInt(key.size());
        key.forEach(value -> VALUES.write(out, value));
    }

    @Override
    public KeyValue read(ByteBuffer in) {
        int size = DataUtils.readVarInt(in);
        List<Object> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(VALUES.read(in));
        }
        return new KeyValue(values);
    }

    @Override
    public KeyValue[] createStorage(int size) {
        return new KeyValue[size];
    }
}
