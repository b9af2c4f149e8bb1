-- A database as version 1 of the schema left it, with an open turn of a process long gone.
-- It never changes: today's code must still open it.
CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT;
CREATE TABLE turns (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    parent TEXT REFERENCES turns (id) ON DELETE SET NULL,
    question TEXT NOT NULL,
    local_only INTEGER NOT NULL CHECK (local_only IN (0, 1)),
    status TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    created INTEGER NOT NULL,
    owner_pid INTEGER,
    owner_started REAL,
    owner_boot TEXT
) STRICT;
CREATE TABLE files (
    digest TEXT PRIMARY KEY,
    size INTEGER NOT NULL
) STRICT;
CREATE TABLE attachments (
    turn TEXT NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    medium TEXT NOT NULL CHECK (medium IN ('text', 'picture', 'clip', 'document')),
    name TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES files (digest),
    PRIMARY KEY (turn, position)
) STRICT;
CREATE TABLE attempts (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    turn TEXT NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
    writer TEXT NOT NULL,
    zone TEXT NOT NULL CHECK (zone IN ('computer', 'network', 'cloud')),
    route_reason TEXT NOT NULL,
    predicted_seconds REAL,
    predicted_price INTEGER,
    status TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    receipt TEXT
) STRICT;
CREATE TABLE deltas (
    number INTEGER PRIMARY KEY,
    attempt TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE citations (
    number INTEGER PRIMARY KEY,
    attempt TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    digest TEXT NOT NULL,
    text TEXT NOT NULL,
    box_left INTEGER,
    box_top INTEGER,
    box_right INTEGER,
    box_bottom INTEGER,
    page INTEGER
) STRICT;
CREATE TABLE readings (
    digest TEXT PRIMARY KEY REFERENCES files (digest) ON DELETE CASCADE,
    engine TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    place TEXT NOT NULL CHECK (place IN ('question', 'answer', 'attachment')),
    turn TEXT REFERENCES turns (id) ON DELETE CASCADE,
    attempt TEXT REFERENCES attempts (id) ON DELETE CASCADE,
    digest TEXT REFERENCES files (digest) ON DELETE CASCADE,
    body TEXT NOT NULL,
    CHECK ((turn IS NULL) <> (digest IS NULL))
) STRICT;
CREATE VIRTUAL TABLE passages_index USING fts5 (
    body, content='passages', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
CREATE TABLE erasures (
    number INTEGER PRIMARY KEY,
    asked INTEGER NOT NULL
) STRICT;
CREATE INDEX conversations_by_update ON conversations (updated);
CREATE INDEX turns_by_conversation ON turns (conversation, number);
CREATE INDEX turns_by_parent ON turns (parent);
CREATE INDEX turns_open ON turns (number) WHERE status = 'open';
CREATE INDEX attachments_by_digest ON attachments (digest);
CREATE INDEX attempts_by_turn ON attempts (turn, number);
CREATE INDEX deltas_by_attempt ON deltas (attempt, number);
CREATE INDEX citations_by_attempt ON citations (attempt, number);
CREATE INDEX passages_by_turn ON passages (turn);
CREATE INDEX passages_by_attempt ON passages (attempt);
CREATE INDEX passages_by_digest ON passages (digest);
CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN
    INSERT INTO passages_index (rowid, body) VALUES (new.id, new.body);
END;
CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN
    INSERT INTO passages_index (passages_index, rowid, body)
    VALUES ('delete', old.id, old.body);
END;
INSERT INTO conversations (id, title, created, updated)
    VALUES ('c57ce96a893b', 'How much is it?', 1795195782317841, 1795195782320623);
INSERT INTO turns (number, id, conversation, parent, question, local_only, status, note, created, owner_pid, owner_started, owner_boot)
    VALUES (1, '75ac6fb8efa5', 'c57ce96a893b', NULL, 'How much is it?', 0, 'answered', '', 1795195782317841, NULL, NULL, NULL);
INSERT INTO turns (number, id, conversation, parent, question, local_only, status, note, created, owner_pid, owner_started, owner_boot)
    VALUES (2, '628f3d49d28c', 'c57ce96a893b', '75ac6fb8efa5', 'And when?', 1, 'open', '', 1795195782320623, 4321, 2197.37, 'a-boot-long-gone');
INSERT INTO files (digest, size)
    VALUES ('13b052639a92d57cca8ad2a641b465776ac80ce9352415173da5d1b5fcdda088', 9);
INSERT INTO attachments (turn, position, medium, name, digest)
    VALUES ('75ac6fb8efa5', 0, 'picture', 'bill.png', '13b052639a92d57cca8ad2a641b465776ac80ce9352415173da5d1b5fcdda088');
INSERT INTO attempts (number, id, turn, writer, zone, route_reason, predicted_seconds, predicted_price, status, reason, text, receipt)
    VALUES (1, 'da35be8e26c6', '75ac6fb8efa5', 'quoting', 'computer', 'It is read here.', 0.25, 0, 'answered', '', 'It is 17.50 euros.', '{"first_token_ms":12.5,"total_ms":80.25,"tokens_in":300,"tokens_out":20,"price":17,"left":["the question"]}');
INSERT INTO attempts (number, id, turn, writer, zone, route_reason, predicted_seconds, predicted_price, status, reason, text, receipt)
    VALUES (2, '29796b5c01e3', '628f3d49d28c', 'large', 'cloud', 'Nothing nearer could.', NULL, NULL, 'running', '', '', NULL);
INSERT INTO deltas (number, attempt, text)
    VALUES (1, '29796b5c01e3', 'Within ');
INSERT INTO deltas (number, attempt, text)
    VALUES (2, '29796b5c01e3', '14 days');
INSERT INTO citations (number, attempt, source, digest, text, box_left, box_top, box_right, box_bottom, page)
    VALUES (1, '29796b5c01e3', 'bill.png', '13b052639a92d57cca8ad2a641b465776ac80ce9352415173da5d1b5fcdda088', '14 days', 1, 2, 3, 4, 2);
INSERT INTO readings (digest, engine, body)
    VALUES ('13b052639a92d57cca8ad2a641b465776ac80ce9352415173da5d1b5fcdda088', 'reader-1', '{"digest":"13b052639a92d57cca8ad2a641b465776ac80ce9352415173da5d1b5fcdda088","width":40,"height":20,"rotation":90,"lines":[{"text":"Grand total 17.50","score":0.98,"box":{"left":1,"top":2,"right":30,"bottom":12},"polygon":[[1.0,2.0],[30.0,2.0],[30.0,12.0],[1.0,12.0]],"block":0}],"tables":[],"codes":[],"engine":"reader-1","seconds":0.2}');
INSERT INTO passages (id, place, turn, attempt, digest, body)
    VALUES (1, 'question', '75ac6fb8efa5', NULL, NULL, 'How much is it?');
INSERT INTO passages (id, place, turn, attempt, digest, body)
    VALUES (2, 'answer', '75ac6fb8efa5', 'da35be8e26c6', NULL, 'It is 17.50 euros.');
INSERT INTO passages (id, place, turn, attempt, digest, body)
    VALUES (3, 'attachment', NULL, NULL, '13b052639a92d57cca8ad2a641b465776ac80ce9352415173da5d1b5fcdda088', 'Grand total 17.50');
INSERT INTO passages (id, place, turn, attempt, digest, body)
    VALUES (4, 'question', '628f3d49d28c', NULL, NULL, 'And when?');
PRAGMA application_id = 1315266930;
PRAGMA user_version = 1;
