"""Spanish."""

from coach.hints.lexicon.build import Lexicon
from coach.hints.wordlists import starred, vocabulary

SPANISH = Lexicon(
    code="es",
    common=vocabulary(
        """el la los las un una de que y en a no es se lo por con para mi me te su yo tú él ella
        como más pero muy ya porque cuando si sí del al está estoy era fue hay tengo tiene ser
        esto eso ese esa este esta todo nada nos le les mis sus también desde sobre donde qué
        aquí hace mucho mucha muchos bueno voy fui fuimos estuvo hoy casi"""
    ),
    filler=starred(
        """eh, em, este, ah, oh, mm*, mhm, ajá, sí, no, bueno, vale, ok, okay, claro, exacto,
        exactamente, ya, pues, entonces, o sea, es que, así, cierto, verdad, de acuerdo,
        perfecto, muy bien, bien, hola, gracias, por favor, tal vez, quizás, no sé, no lo sé,
        supongo, entiendo, ya veo, por supuesto, totalmente, eso es, como, digamos, mira, sabes"""
    ),
    strong=starred(
        """una parte, parte de mí, partes de mí, esa parte, esta parte, la parte, otra parte,
        partes, dentro de mí, adentro, por dentro, en mi interior, interior, voz, voces, crític*,
        protector*, guardián, niño interior, niña interior, niña pequeña, niño pequeño, muro,
        nudo, coraza, máscara, sombra, niebla, jaula, miedo*, temor, asusta*, susto, pánico,
        ansi*, angusti*, preocup*, nervios*, abrum*, agobi*, estrés, estresad*, triste*,
        tristeza, duelo, llor*, lágrimas, herid*, dolor, duele*, dolid*, sol*dad, sola, aislad*,
        abandon*, rechaz*, vergüenza, avergonz*, culpa, culpable, humill*, inútil, no valgo,
        no soy suficiente, suficiente, fracas*, fracaso, tont*, odio, odia*, enoj*, enfad*,
        rabia, furi*, ira, bronca, resent*, amarg*, frustr*, irrit*, celos, envidia, asco, vací*,
        entumecid*, congel*, paraliz*, bloque*, atrapad*, atascad*, tens*, presión, opresión,
        pesad*, peso, agotad*, cansad* de, desesper*, impoten*, indefens*, desgarrad*, dud*,
        insegur*, invisible, incomprendid*, juzg*, reproch*, traicion*, proteg*, alivi*,
        compasión, calma, ternura, anhel*, trauma*, abus*, grit*, castig*, ignor*, decepcion*,
        deprim*, sufr*, escond*, huir, desaparec*, pecho, estómago, vientre, garganta, mandíbula,
        corazón, respir*, tembl*, cuerpo, en mi cabeza, cuando era niñ*, cuando era pequeñ*,
        de niñ*, de pequeñ*, infancia, debería, tengo que, no puedo, no pude, no puedo más,
        como si, siempre que, rendirme, me cierro, me quedo en blanco, por un lado,
        por otro lado, hart*"""
    ),
    mild=starred(
        """siento, sentí, sentir, siente, sentía, sentimiento*, emoción, emociones, madre, mamá,
        padre, papá, padres, hermana, hermano, esposa, esposo, marido, mujer, novio, novia,
        pareja, hijo, hija, hijos, abuela, abuelo, jefe, jefa, colega*, compañer*, familia,
        amigo*, amiga*, relación, matrimonio, siempre, nunca, nadie, todos, todo, nada, ya no,
        demasiado, tanto, cada vez, toda mi vida, mi vida, extraño, echo de menos, amor, quiero,
        quería, quise, confi*, esperanza, necesit*, segur*, feliz, orgullos*, agradecid*,
        cansad*, perdid*, perder, difícil, duro, divorci*, pelea*, discut*, murió, muerte,
        muert*, despid*, dejó, hospital, beber, hábito, noto, noté, darme cuenta, me di cuenta,
        recuerd*, recordar, de repente, algo, pequeñ*, joven, oscur*, dijo, me dice, decía,
        mism*, aunque, mal, error*, trabajo, cambi*, decid*, silencio, noche, dormir,
        pensamientos, pienso, pensando"""
    ),
    chat=starred(
        """el tiempo hoy, clima, lluvia, llueve, llovió, lloviendo, sol, calor, frío, nieve,
        grados, tráfico, aparcar, wifi, internet, conexión, audio, cámara, micrófono,
        auriculares, portátil, ordenador, computadora, zoom, enlace, batería, me oyes,
        me escuchas, me ves, te oigo, te escucho bien, te veo, cómo estás, qué tal, cómo te va,
        cómo va, buenos días, buenas tardes, buenas noches, me alegro de verte, gusto en verte,
        mucho gusto, muchas gracias, gracias por, adiós, hasta luego, hasta pronto, hasta la,
        nos vemos, próxima semana, la semana que viene, próxima sesión, cita, calendario, agenda,
        qué hora, a las, factura, fútbol, partido, película, serie, netflix, vacaciones, vuelo,
        aeropuerto, hotel, playa, receta, cocin*, pizza, restaurante, almuerzo, cena, desayuno,
        comida, café, té, compras, supermercado, paquete, timbre, concierto, entradas, empiezo,
        empezamos, puedes repetir, qué quieres decir, cuál era la pregunta, jardín, barbacoa,
        nos vemos el, enciendo, me oís, qué tal el, mucho calor, mucho frío"""
    ),
    everyday=starred(
        """fin de semana, perro, gato, coche, carro, autobús, tren, bici, cumpleaños, fiesta,
        cocina, casa, vecin*, teléfono, móvil, celular, pantalla, libro, música, compr*, comer,
        comí, pastel, ciudad, viaje, minutos, por cierto"""
    ),
    hold=starred(
        """un momento, un momentito, un minuto, un segundo, espera, espérame, dame un momento,
        dame un minuto, dame un segundo, dame tiempo, necesito un momento, necesito tiempo,
        necesito parar, déjame sentir, déjame respirar, déjame estar, quedarme con esto,
        quedarme un rato, en silencio, cerrar los ojos, cierro los ojos, solo respirar,
        no quiero hablar, no puedo hablar, no quiero consejos, solo escucha, podemos parar"""
    ),
    tears=starred(
        """[llora], [llorando], estoy llorando, voy a llorar, me pongo a llorar, ganas de llorar,
        no puedo dejar de llorar, las lágrimas, perdón por llorar, pañuelo*, solloz*,
        parar de llorar, dejar de llorar"""
    ),
    unfinished=vocabulary(
        """y pero porque o el la los las un una mi mis tu su que de del con para por si cuando
        como es era yo muy aunque e eh"""
    ),
)
