import { noHash } from '../../audit-hash.ts'
import type { Migration } from './migration.ts'

/**
 * Tokens, sessions, login links and the audit log. The names carry a prefix, since the file may be shared with an application that has tokens and sessions too.
 * The log takes new rows at its end, and gives rows away only up to the anchor of the chain, which retention moves first. An older program may go on beside it.
 */
export const access: Migration = {
  version: 3,
  name: 'tokens, sessions, audit',
  oldestProgram: 1,
  text: /* sql */ `
CREATE TABLE stellwerk_token (
  id INTEGER PRIMARY KEY AUTOINCREMENT, hash TEXT NOT NULL UNIQUE, prefix TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, queues TEXT,
  created_at INTEGER NOT NULL, created_by TEXT NOT NULL, expires_at INTEGER, last_used_at INTEGER, revoked_at INTEGER
) STRICT;

CREATE TABLE stellwerk_session (
  hash TEXT PRIMARY KEY, token_id INTEGER, name TEXT NOT NULL, role TEXT NOT NULL, queues TEXT,
  created_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL, ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE stellwerk_login_link (
  hash TEXT PRIMARY KEY, created_by TEXT NOT NULL, created_at INTEGER NOT NULL, ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE stellwerk_audit (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor_kind TEXT NOT NULL, actor_name TEXT NOT NULL, token_id INTEGER, ip TEXT, request_id TEXT,
  action TEXT NOT NULL, target TEXT NOT NULL, filter TEXT, before TEXT, after TEXT, count INTEGER, outcome TEXT NOT NULL, reason TEXT,
  previous_hash TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE INDEX stellwerk_audit_target ON stellwerk_audit (target, id);

CREATE TABLE stellwerk_audit_chain (
  one INTEGER PRIMARY KEY CHECK (one = 1), anchor_id INTEGER NOT NULL, anchor_at INTEGER, anchor_hash TEXT NOT NULL,
  last_id INTEGER NOT NULL, last_at INTEGER NOT NULL, last_hash TEXT NOT NULL
) STRICT;
INSERT INTO stellwerk_audit_chain VALUES (1, 0, NULL, '${noHash}', 0, 0, '${noHash}');

CREATE TRIGGER stellwerk_audit_at_its_end BEFORE INSERT ON stellwerk_audit WHEN NEW.id <> (SELECT last_id + 1 FROM stellwerk_audit_chain)
BEGIN SELECT RAISE(ABORT, 'the audit log grows at its end alone'); END;
CREATE TRIGGER stellwerk_audit_as_written BEFORE UPDATE ON stellwerk_audit
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER stellwerk_audit_kept BEFORE DELETE ON stellwerk_audit WHEN OLD.id > (SELECT anchor_id FROM stellwerk_audit_chain)
BEGIN SELECT RAISE(ABORT, 'the audit log gives rows away by retention alone'); END;
CREATE TRIGGER stellwerk_audit_chain_forward BEFORE UPDATE ON stellwerk_audit_chain
WHEN NEW.last_id < OLD.last_id OR NEW.anchor_id < OLD.anchor_id OR NEW.anchor_id > NEW.last_id
BEGIN SELECT RAISE(ABORT, 'the chain of the audit log goes forward alone'); END;
CREATE TRIGGER stellwerk_audit_chain_kept BEFORE DELETE ON stellwerk_audit_chain
BEGIN SELECT RAISE(ABORT, 'the chain of the audit log is never removed'); END;
`,
}
