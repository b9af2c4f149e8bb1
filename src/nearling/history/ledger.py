"""The account of every connection, written before it is made."""

from __future__ import annotations

from nearling.core.network import Connection, Purpose
from nearling.core.writers import Zone
from nearling.history.database import Database
from nearling.history.moments import as_datetime, kept


class NetworkLedger:
    """May be called from any thread; every method may raise what History's methods raise."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def connecting(self, connection: Connection) -> None:
        """On disk when it returns."""
        with self._database.writing() as rows:
            rows.execute(
                """INSERT INTO connections (id, at, endpoint, host, port, zone, purpose, turn)
                   VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT id FROM turns WHERE id = ?))""",
                (
                    connection.id,
                    kept(connection.at),
                    connection.endpoint,
                    connection.host,
                    connection.port,
                    connection.zone,
                    connection.purpose,
                    connection.turn,
                ),
            )

    def connected(self, id: str, *, address: str, sent: int, received: int, outcome: str) -> None:
        with self._database.writing(durable=False) as rows:
            rows.execute(
                """UPDATE connections SET address = ?, sent = ?, received = ?, outcome = ?
                   WHERE id = ?""",
                (address, sent, received, outcome, id),
            )

    def connections(self, limit: int = 200) -> tuple[Connection, ...]:
        """Latest first."""
        with self._database.reading() as rows:
            found = rows.execute(
                """SELECT id, at, endpoint, host, port, zone, purpose, coalesce(turn, ''), address,
                          sent, received, outcome
                   FROM connections ORDER BY number DESC LIMIT ?""",
                (limit,),
            ).fetchall()
        return tuple(
            Connection(
                id_, as_datetime(at), endpoint, host, port, Zone(zone), Purpose(purpose), *rest
            )
            for id_, at, endpoint, host, port, zone, purpose, *rest in found
        )
