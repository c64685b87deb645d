"""Portuguese."""

from coach.hints.lexicon.build import Lexicon
from coach.hints.wordlists import starred, vocabulary

PORTUGUESE = Lexicon(
    code="pt",
    common=vocabulary(
        """o a os as um uma de que e é não em no na do da por para com eu você ele ela me se meu
        minha mas como mais muito quando porque está estou era foi isso isto esse essa tem tenho
        tudo nada ao também já só ser ter até sem aqui hoje faz"""
    ),
    filler=starred(
        """é, hum, hmm, mm*, ah, oh, sim, não, ok, okay, tá, tá bom, certo, claro, exato,
        exatamente, bom, bem, então, tipo, sabe, né, assim, olá, oi, obrigad*, por favor, talvez,
        não sei, entendi, verdade, pois"""
    ),
    strong=starred(
        """uma parte, parte de mim, partes de mim, essa parte, esta parte, a parte, outra parte,
        dentro de mim, por dentro, interior, voz, vozes, crític*, protetor*, menin*, criança,
        muro, nó, máscara, sombra, medo, assust*, pânico, ansi*, angústia*, preocup*, nervos*,
        sobrecarreg*, estress*, trist*, luto, chor*, lágrimas, ferid*, dor, dói, machuc*,
        solidão, sozinh*, isolad*, abandon*, rejeit*, vergonha, envergonh*, culpa, culpad*,
        humilh*, inútil, suficiente, fracass*, burr*, ódio, odeio, raiva, furios*, ressent*,
        frustr*, ciúme*, inveja, vazi*, congel*, paralis*, bloque*, pres* em, tens*, pressão,
        aperto, pesad*, peso, exaust*, desesper*, impotent*, dúvida*, insegur*, invisível, julg*,
        tra*d*, proteg*, alívio, compaixão, calma, traum*, abus*, grit*, castig*, ignor*,
        decepcion*, sofr*, escond*, fugir, desaparec*, sumir, peito, estômago, barriga, garganta,
        coração, respir*, trem*, corpo, quando era criança, infância, deveria, tenho que,
        não consigo, não posso, como se"""
    ),
    mild=starred(
        """sinto, senti, sentir, sentimento*, emoç*, mãe, pai, pais, irmã, irmão, esposa, marido,
        namorad*, companheir*, filho, filha, avó, avô, chefe, colega*, família, amig*, relação,
        sempre, nunca, ninguém, todos, tudo, nada, demais, tanto, cada vez, minha vida, saudade*,
        amor, confi*, esperança, precis*, segur*, feliz, cansad*, perdid*, difícil, divórcio,
        brig*, morreu, morte, lembr*, algo, pequen*, disse, quero, queria, trabalho, mud*, noite,
        pensamentos"""
    ),
    chat=starred(
        """tempo hoje, clima, chuva, chove, chovendo, sol, neve, trânsito, wifi, internet,
        conexão, áudio, câmera, microfone, fone*, computador, zoom, link, me ouve,
        está me ouvindo, me vê, tudo bem, como vai, como está, bom dia, boa tarde, boa noite,
        prazer, muito obrigad*, tchau, até logo, até a próxima, próxima semana, semana que vem,
        consulta, agenda, que horas, futebol, jogo, filme, série, férias, voo, hotel, praia,
        receita, cozinh*, pizza, restaurante, almoço, jantar, café, chá, compras, pacote, show,
        jardim"""
    ),
    everyday=starred(
        """fim de semana, cachorro, gato, carro, ônibus, trem, aniversário, festa, casa, vizinh*,
        telefone, celular, tela, livro, música, compr*, comer, comi, cidade, viagem, minutos"""
    ),
    hold=starred(
        """um momento, um minuto, um segundo, um instante, espera, espere, me dá um, me dê um,
        preciso de um momento, preciso de tempo, deixa eu, ficar com isso, em silêncio,
        fechar os olhos, fecho os olhos, só respirar, não quero falar, não quero conselhos"""
    ),
    tears=starred(
        """[chora], estou chorando, vou chorar, vontade de chorar, não consigo parar de chorar,
        as lágrimas, lenço*, soluç*"""
    ),
    unfinished=vocabulary(
        """e mas porque ou o a os as um uma meu minha de do da com para se quando como é eu que"""
    ),
)
