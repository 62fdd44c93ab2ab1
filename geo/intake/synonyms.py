"""The headings that people write above their columns, by field; of several that fit the earlier is the better."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from geo.intake.fields import FIELDS, PAIR
from geo.selection import fold

GROUP = " · "  # between the heading of a group of columns and that of one of them

# English first, then Russian, Ukrainian, Korean, German, French and Spanish; the names that ACLED, UCDP, KoBo and
# TimeMap use among the English ones. A heading counts by its letters and digits alone, in lower case.
_SYNONYMS: Final = {
    "claim_id": """
        claim id | id | event id | event id cnty | uuid | _uuid | record id | incident id | reference | ref |
        case id | data id | идентификатор | ідентифікатор | 번호 | kennung | identifiant | identificador
    """,
    "statement": """
        statement | claim | claims | what is claimed | assertion | allegation | what happened | what was seen |
        description | event description | incident description | incident | event | details | summary | notes |
        text | утверждение | сообщение | сообщается | что сообщается | что произошло | описание | событие | текст |
        твердження | повідомлення | що повідомляється | що сталося | опис | подія | 주장 | 내용 | 설명 | 사건 |
        behauptung | aussage | meldung | beschreibung | ereignis | vorfall | affirmation | déclaration |
        description de l'événement | événement | afirmación | declaración | descripción | evento | suceso |
        source headline | headline | title | название | dyad name | event type
    """,
    "claimant": """
        claimant | claimed by | who says so | according to | said by | stated by | reported by | attributed to |
        attribution | speaker | source original | informant | кто сообщает | кто утверждает | заявитель | автор |
        хто повідомляє | хто стверджує | 주장자 | 발언자 | urheber | wer sagt es | laut | auteur | selon | déclarant |
        declarante | según | autor
    """,
    "claimant_kind": "claimant kind | claimant type | kind of claimant",
    "source": """
        source | sources | source1 | source 1 | source name | source title | document | article | source article |
        publication | outlet | media | reference source | источник | источники | джерело | джерела | 출처 | quelle |
        quellen | fuente | fuentes
    """,
    "source_url": """
        source url | source urls | url | link | source link | links | hyperlink | web address | post url |
        media url | sources url | ссылка | ссылка на источник | посилання | посилання на джерело | 링크 | 주소 |
        quellenlink | weblink | lien | url de la source | enlace | url fuente
    """,
    "publisher": """
        publisher | published by | source publisher | издатель | видавець | 발행처 | herausgeber | éditeur | editor
    """,
    "published": """
        published | publication date | date published | source date | дата публикации | дата публікації | 발행일 |
        veröffentlicht | veröffentlichungsdatum | date de publication | fecha de publicación
    """,
    "archived_url": "archived url | archive url | archive | archive link | archived | архив | архів | archiv",
    "place": """
        place | location | locations | location name | place name | site | toponym | where | where coordinates |
        city | town | settlement | village | name of place | named place | where description | adm 2 | adm 1 |
        admin2 | admin1 | место | место события | населённый пункт | город | локация | місце | населений пункт |
        місто | локація | 장소 | 위치 | 지역 | 지명 | ort | ortschaft | stadt | lieu | localité | ville | lugar |
        localidad | ciudad | ubicación
    """,
    "latitude": """
        latitude | lat | gps latitude | location latitude | geolocation latitude | lat dd | latitude wgs84 | y |
        широта | 위도 | breitengrad | breite | geographische breite | latitud
    """,
    "longitude": """
        longitude | lon | lng | long | gps longitude | location longitude | geolocation longitude | lon dd |
        longitude wgs84 | x | долгота | довгота | 경도 | längengrad | länge | geographische länge | longitud
    """,
    PAIR: """
        lat lon | lat lng | lat long | latlon | latlng | latitude longitude | coordinates | coords | coordinate |
        gps | gps coordinates | geolocation | geo location | координаты | координати | 좌표 | koordinaten |
        coordonnées | coordenadas
    """,
    "country_code": """
        country code | iso2 | iso a2 | iso 3166 1 alpha 2 | код страны | код країни | 국가 코드 | ländercode |
        code pays | código de país
    """,
    "feature_type": "feature type | place type",
    "uncertainty_km": "uncertainty km | radius km | accuracy km | precision km",
    "date": """
        date | event date | date of event | incident date | date start | start date | date from | day | when |
        date occurred | occurred | дата | дата события | когда | дата події | коли | 날짜 | 일자 | 발생일 | datum |
        ereignisdatum | fecha | fecha del evento | date de l'événement | start | begin | from date | beginn |
        début | inicio | начало | початок | year | год | рік | 연도 | jahr | année | año
    """,
    "date_end": """
        date end | end date | date to | end | to date | until | enddatum | ende | date de fin | fecha final |
        fecha fin | дата окончания | дата закінчення | 종료일
    """,
    "reported_date": """
        reported date | date reported | report date | reported | date of report | reported on | submission time |
        дата сообщения | сообщено | дата повідомлення | повідомлено | 보도일 | 신고일 | gemeldet | meldedatum |
        date du signalement | fecha de reporte | fecha del informe
    """,
    "origin": """
        origin | origins | from | from place | departure | place of departure | откуда | звідки | 출발지 | herkunft |
        von | origine | départ | origen
    """,
    "destination": """
        destination | destinations | to | to place | arrival | куда | куди | 도착지 | 목적지 | ziel | nach | arrivée |
        destino
    """,
    "modality": "modality",
    "hedge": "hedge | hedging",
    "quantity_min": "quantity min | low | min | minimum | low estimate | lower estimate",
    "quantity_max": "quantity max | high | max | maximum | high estimate | upper estimate",
    "quantity": """
        quantity | number | count | how many | fatalities | deaths | killed | casualties | injured | troops |
        soldiers | personnel | strength | amount | количество | число | численность | погибшие | кількість |
        чисельність | загиблі | 수량 | 인원 | 병력 | anzahl | zahl | nombre | effectif | cantidad | número | best |
        best estimate
    """,
    "quantity_unit": "quantity unit | unit | units | единица | одиниця | 단위 | einheit | unité | unidad",
    "quantity_of": "quantity of | counts what | number of what",
    "mode": "mode | mode of transport | means of transport",
    "excerpt": "excerpt | quote | quotation | verbatim | цитата | 인용 | zitat | citation | cita",
    "responds_to": "responds to | in response to",
    "stance": "stance",
    "note": """
        note | notes | comment | comments | remark | remarks | примечание | комментарий | примітка | коментар |
        비고 | 메모 | bemerkung | kommentar | anmerkung | remarque | commentaire | nota | observaciones | comentario
    """,
}


def worded(heading: str) -> str:
    """Return a heading as it is compared: letters, marks and digits alone, folded, with blanks between words."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)  # sourceUrl
    return " ".join(re.findall(r"[^\W_]+", fold(spaced)))


def own_part(heading: str) -> str:
    """Return a heading without those of the groups around it."""
    return heading.rpartition(GROUP)[2].rpartition("/")[2].strip() or heading


@cache
def _ranks() -> dict[str, list[tuple[int, str]]]:
    ranks: dict[str, list[tuple[int, str]]] = {}
    for field in FIELDS:
        own = {worded(field): None} | dict.fromkeys(map(worded, _SYNONYMS.get(field, "").split("|")))
        for rank, name in enumerate(own):
            if name:
                ranks.setdefault(name, []).append((rank, field))
    return ranks


def fields_named(heading: str) -> list[tuple[int, str]]:
    """Return the fields that a heading may name, each with its rank: 0 is best.

    Where the whole says nothing, the last part counts of one with groups before it, as KoBo writes: ``event/place``.
    """
    for rest, malus in ((heading, 0), (heading.rpartition("/")[2], 3), (heading.rpartition(GROUP)[2], 3)):
        if (found := _ranks().get(worded(rest))) is not None:
            return [(rank + malus, field) for rank, field in found]
    bare = re.sub(r"[(\[].*?[)\]]", "", heading)  # Date (local), Claim [en]
    return [(rank + 6, field) for rank, field in _ranks().get(worded(bare), [])] if bare != heading else []
