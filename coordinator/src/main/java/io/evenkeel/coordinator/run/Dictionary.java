package io.evenkeel.coordinator.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.evenkeel.coordinator.database.Transaction;
import io.evenkeel.pipeline.protocol.RunEvent.TestPlace;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Integer keys of tests, remembered for the tests seen last.
 *
 * <p>One thread: the writer's. Holds nothing that is not in the database; after a rollback it must {@link #forget}.
 */
final class Dictionary {

    private static final int MOST = 50_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Name, Known> known = new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, Known> eldest) {
            return size() > MOST;
        }
    };

    private record Name(long suite, String id) {}

    private record Known(long key, int placeHash) {}

    void forget() {
        known.clear();
    }

    /** Returns the key of the test and brings its titles and place up to date. */
    long key(Transaction tx, long suite, TestSelected test) {
        Name name = new Name(suite, test.id());
        int hash = List.of(test.project(), test.place(), test.tags()).hashCode();
        Known entry = known.get(name);
        if (entry != null && entry.placeHash() == hash) {
            return entry.key();
        }
        TestPlace place = test.place();
        long key = tx.insert(
                """
                insert into test (suite_id, playwright_id, project, file, titles, line, col, tags) values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (suite_id, playwright_id) do update set project = excluded.project, file = excluded.file,
                  titles = excluded.titles, line = excluded.line, col = excluded.col, tags = excluded.tags
                returning id""",
                suite,
                test.id(),
                test.project(),
                place.file(),
                texts(place.titles()),
                place.line(),
                place.column(),
                texts(test.tags()));
        known.put(name, new Known(key, hash));
        return key;
    }

    /** Returns the key of a test known by its id alone; a test never announced gets a row with its id as title. */
    long key(Transaction tx, long suite, String id) {
        Known entry = known.get(new Name(suite, id));
        if (entry != null) {
            return entry.key();
        }
        String select = "select id from test where suite_id = ? and playwright_id = ?";
        long key = tx.first(select, row -> row.getLong(1), suite, id)
                .orElseGet(() -> tx.insert("""
                        insert into test (suite_id, playwright_id, project, file, titles, line, col, tags)
                        values (?, ?, '', '', ?, 0, 0, '[]') returning id""", suite, id, texts(List.of(id))));
        known.put(new Name(suite, id), new Known(key, 0));
        return key;
    }

    private static String texts(List<String> values) {
        ArrayNode array = JSON.createArrayNode();
        values.forEach(array::add);
        return array.toString();
    }
}
