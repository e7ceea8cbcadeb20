package io.roomcast.examples.chatserver.index;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * An index that is not unique: its keys end with the id of the document, which is the document's position. It is sparse:
 * it leaves out documents without its first field. Its collection serializes all calls.
 */
public final class SecondaryIndex extends Index<Object> implements OrderedIndex {
    private final MVMap<KeyValue, Object> positions;
    private final List<String> fields = keys();

    /** Opens the index, or creates an empty one. */
    public SecondaryIndex(MVStore store, String mapName, String name, List<IndexKey> keys) {
        super(name, keys, true);
        this.positions = IndexKeyType.open(store, mapName);
    }

    @Override
    public List<String> fields() {
        return fields;
    }

    @Override
    public MVMap<KeyValue, Object> positions() {
        return positions;
    }

    @Override
    public void add(Document document, Object position, MongoCollection<Object> collection) {
        keysOf(document).forEach(key -> positions.put(key, position));
    }

    @Override
    public @Nullable Object remove(Document document) {
        return keysOf(document)
                .map(positions::remove)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Stream<KeyValue> keysOf(Document document) {
        Object id = document.get("_id");
        return getKeyValues(document).stream()
                .filter(values -> isPresent(values.get(0)))
                .map(values -> new KeyValue(
                        Stream.concat(values.stream(), Stream.of(id)).toList()));
    }

    /** Returns false for a document without the first field. No range of a query has it. */
    private static boolean isPresent(@Nullable Object first) {
        return first != null && !(first instanceof Missing);
    }

    @Override
    public void updateInPlace(Document before, Document after, Object position, MongoCollection<Object> collection) {
        if (!nullAwareEqualsKeys(before, after)) {
            remove(before);
            add(after, position, collection);
        }
    }

    /** Leaves the answer to the unique indexes, of which each collection has one. */
    @Override
    public @Nullable Object getPosition(Document document) {
        return null;
    }

    /** Leaves the query to the collection, which asks for the ranges. */
    @Override
    public boolean canHandle(Document query) {
        return false;
    }

    @Override
    public Iterable<Object> getPositions(Document query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {
        // every value is permitted
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
        // every value is permitted
    }

    @Override
    public long getCount() {
        return positions.sizeAsLong();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    @Override
    public void drop() {
        // the database removes the map
    }
}
